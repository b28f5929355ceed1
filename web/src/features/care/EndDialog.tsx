import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleSlash } from 'lucide-react'
import { useRef, useState } from 'react'
import { choicesQuery } from '@/api/queries'
import type { Choices } from '@/api/types'
import { close, heldInteraction } from '@/features/interactions/actions'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Finder, type Found } from '@/ui/Finder'
import { Note } from '@/ui/Note'
import { toast } from '@/ui/toasts'
import { closeMany, setEnding } from './actions'
import styles from './Care.module.css'

interface Props {
  ids: readonly number[]
  /** `ending`: they are closed already. */
  mode: 'close' | 'dispose' | 'ending'
  onClose: () => void
}

/** 0 stands for none. */
const none = 0

/** Closing asks once, and how it ended can be said in the same breath: type, Enter. */
export default function EndDialog({ ids, mode, onClose }: Props) {
  const client = useQueryClient()
  const { data: choices, error: unread, refetch } = useQuery(choicesQuery(ids))
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const active = useRef<number | undefined>(undefined)
  const one = ids.length === 1 ? heldInteraction(client, ids[0] ?? 0) : undefined
  const name = one ? customerName(one) : ''
  const items = choices ? found(choices, mode) : []
  const initial = one?.disposition?.id ?? items.find(({ id }) => mode !== 'close' || id === none)?.id
  const submit = async (id: number) => {
    setPending(true)
    setError(null)
    try {
      await end(id === none ? null : id)
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  const end = async (disposition: number | null) => {
    const [first] = ids
    if (mode === 'ending' && first !== undefined) {
      await setEnding(client, first, disposition)
      toast(m.care_ending_done({ name }), { tone: 'success' })
    } else if (ids.length === 1 && first !== undefined) {
      await close(client, first, disposition)
      toast(m.interactions_closed_done({ name }), { tone: 'success' })
    } else {
      const { items: done, failed } = await closeMany(client, ids, disposition)
      toast(m.care_closed_many({ count: done.length }), { tone: 'success' })
      if (failed.length > 0) {
        toast(m.care_not_closed({ ids: failed.map(({ id }) => `#${id}`).join(', ') }), { tone: 'danger' })
      }
    }
  }
  const chosen = () => active.current ?? initial ?? items[0]?.id
  return (
    <Dialog
      title={titleOf(mode, ids.length, name)}
      isOpen
      onOpenChange={onClose}
      size="small"
      footer={
        <Button
          variant="primary"
          isPending={isPending}
          isDisabled={!choices || (choices.required && items.length === 0)}
          onPress={() => void submit(chosen() ?? none)}
        >
          {mode === 'ending' ? m.care_ending_set() : m.interactions_close()}
        </Button>
      }
    >
      <div className={styles.body}>
        {mode === 'close' && one && one.unmanaged > 0 && (
          <Note tone="warning">{m.interactions_close_unanswered({ count: one.unmanaged })}</Note>
        )}
        {choices?.required && <p className={styles.lead}>{m.care_required()}</p>}
        {mode !== 'ending' && choices && !choices.required && items.length <= 1 && (
          <p className={styles.lead}>
            {name ? m.interactions_close_text({ name }) : m.care_close_many_text()}
          </p>
        )}
        {unread && !choices && <ErrorNote error={unread} onRetry={() => void refetch()} />}
        {choices && (
          <Finder
            label={m.care_disposition()}
            placeholder={m.care_disposition_find()}
            none={text => m.care_none_found({ text })}
            items={items}
            initial={initial}
            isDisabled={isPending}
            onActive={id => {
              active.current = id
            }}
            onChoose={id => void submit(id)}
          />
        )}
        {error !== null && <ErrorNote error={error} />}
      </div>
    </Dialog>
  )
}

function titleOf(mode: Props['mode'], count: number, name: string): string {
  if (mode === 'ending') return m.care_ending_title({ name })
  return count === 1 ? m.interactions_close_title({ name }) : m.care_close_many_title({ count })
}

/** Grouped by what they are for, each with its line of headings. */
function found(choices: Choices, mode: Props['mode']): Found<number>[] {
  const order = ['global', 'list', 'account', 'queue']
  const groups = {
    global: () => m.care_scope_global(),
    list: (name: string) => m.care_scope_list({ name }),
    account: (name: string) => m.care_scope_account({ name }),
    queue: (name: string) => m.care_scope_queue({ name }),
  }
  const items = choices.items
    .toSorted((one, other) => order.indexOf(one.scope) - order.indexOf(other.scope))
    .map(({ id, path, description, scope, scope_name: of }) => ({
      id,
      label: path.join(' › '),
      detail: description,
      group: groups[scope](of ?? ''),
    }))
  if (choices.required) return items
  const without: Found<number> = {
    id: none,
    label: mode === 'ending' ? m.care_ending_none() : m.care_close_without(),
    mark: <CircleSlash size={16} aria-hidden="true" />,
  }
  return mode === 'close' ? [without, ...items] : [...items, without]
}
