import { useQuery } from '@tanstack/react-query'
import { Check, Minus, Square } from 'lucide-react'
import { tagsQuery } from '@/api/queries'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorNote } from '@/ui/ErrorNote'
import { Finder } from '@/ui/Finder'
import styles from './Care.module.css'
import { Tag } from './Tag'

interface Props {
  title: string
  /** How many there are to be tagged, and how many of them have a tag. */
  total: number
  count: (name: string) => number
  isPending: boolean
  error: unknown
  onToggle: (name: string) => void
  onClose: () => void
}

/** Each choice acts at once; the dialog stays for the next. */
export function TagPicker({ title, total, count, isPending, error, onToggle, onClose }: Props) {
  const { data: tags, error: unread, refetch } = useQuery(tagsQuery)
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
              const Icon = on === 0 ? Square : on === total ? Check : Minus
              return {
                id: name,
                label: name,
                detail: description,
                isChecked: on > 0 && on === total,
                mark: (
                  <>
                    <Icon size={16} aria-hidden="true" />
                    <Tag name={name} isBare />
                  </>
                ),
              }
            })}
            onChoose={onToggle}
          />
        )}
        {error !== null && <ErrorNote error={error} />}
      </div>
    </Dialog>
  )
}
