import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, Minus, Square } from 'lucide-react'
import { useState } from 'react'
import { tagsQuery } from '@/api/queries'
import type { Interaction } from '@/api/types'
import { heldInteraction } from '@/features/interactions/actions'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorNote } from '@/ui/ErrorNote'
import { Finder } from '@/ui/Finder'
import { toast } from '@/ui/toasts'
import { tagMany } from './actions'
import styles from './Care.module.css'
import { Tag } from './Tag'

/** Each choice acts at once; the dialog stays for the next. */
export default function TagDialog({ ids, onClose }: { ids: readonly number[]; onClose: () => void }) {
  const client = useQueryClient()
  const { data: tags, error: unread, refetch } = useQuery(tagsQuery)
  const [held, setHeld] = useState<Interaction[]>(() =>
    ids.map(id => heldInteraction(client, id)).filter(one => one !== undefined),
  )
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const count = (name: string) => held.filter(one => one.tags.includes(name)).length
  const toggle = async (name: string) => {
    setPending(true)
    setError(null)
    try {
      const isOnAll = count(name) === held.length
      const { items, failed } = await tagMany(client, ids, isOnAll ? { remove: [name] } : { add: [name] })
      setHeld(items)
      if (failed.length > 0) {
        toast(m.care_not_tagged({ ids: failed.map(({ id }) => `#${id}`).join(', ') }), { tone: 'danger' })
      }
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  const [only] = held
  const title =
    ids.length === 1 && only
      ? m.care_tags_title({ name: customerName(only) })
      : m.care_tags_many({ count: ids.length })
  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={onClose}
      size="small"
      cancel={null}
      footer={
        <Button variant="primary" onPress={onClose}>
          {m.care_done()}
        </Button>
      }
    >
      <div className={styles.body}>
        {unread && !tags && <ErrorNote error={unread} onRetry={() => void refetch()} />}
        {tags?.length === 0 && <EmptyState title={m.care_tags_none()}>{m.care_tags_none_help()}</EmptyState>}
        {tags && tags.length > 0 && (
          <Finder
            label={m.care_tags()}
            placeholder={m.care_tags_find()}
            none={text => m.care_none_found({ text })}
            isMany
            isDisabled={isPending}
            items={tags.map(({ name, description }) => {
              const on = count(name)
              const Icon = on === 0 ? Square : on === held.length ? Check : Minus
              return {
                id: name,
                label: name,
                detail: description,
                isChecked: on > 0 && on === held.length,
                mark: (
                  <>
                    <Icon size={16} aria-hidden="true" />
                    <Tag name={name} isBare />
                  </>
                ),
              }
            })}
            onChoose={name => void toggle(name)}
          />
        )}
        {error !== null && <ErrorNote error={error} />}
      </div>
    </Dialog>
  )
}
