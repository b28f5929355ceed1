import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Interaction } from '@/api/types'
import { heldInteraction } from '@/features/interactions/actions'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { toast } from '@/ui/toasts'
import { tagMany } from './actions'
import { TagPicker } from './TagPicker'

export default function TagDialog({ ids, onClose }: { ids: readonly number[]; onClose: () => void }) {
  const client = useQueryClient()
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
  return (
    <TagPicker
      title={
        ids.length === 1 && only
          ? m.care_tags_title({ name: customerName(only) })
          : m.care_tags_many({ count: ids.length })
      }
      total={held.length}
      count={count}
      isPending={isPending}
      error={error}
      onToggle={name => void toggle(name)}
      onClose={onClose}
    />
  )
}
