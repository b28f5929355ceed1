import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { TagPicker } from '@/features/care/TagPicker'
import { failedWords, heldContact, tagMany } from '@/features/contacts/actions'
import { m } from '@/i18n/pages'
import { fullName } from '@/lib/names'
import { toast } from '@/ui/toasts'

export default function TagContacts({ ids, onClose }: { ids: readonly number[]; onClose: () => void }) {
  const client = useQueryClient()
  const [held, setHeld] = useState<ReadonlyMap<number, readonly string[]>>(
    () => new Map(ids.map(id => [id, heldContact(client, id)?.tags ?? []])),
  )
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const count = (name: string) => [...held.values()].filter(tags => tags.includes(name)).length
  const toggle = async (name: string) => {
    setPending(true)
    setError(null)
    try {
      const isOnAll = count(name) === held.size
      const { done, failed } = await tagMany(ids, isOnAll ? [] : [name], isOnAll ? [name] : [])
      const next = new Map(held)
      for (const id of done) {
        const rest = (held.get(id) ?? []).filter(other => other !== name)
        next.set(id, isOnAll ? rest : [...rest, name])
      }
      setHeld(next)
      if (failed.length > 0) toast(failedWords(failed), { tone: 'danger' })
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  const only = ids.length === 1 && ids[0] !== undefined ? heldContact(client, ids[0]) : undefined
  return (
    <TagPicker
      title={only ? m.care_tags_title({ name: fullName(only) }) : m.contacts_tags_many({ count: ids.length })}
      total={held.size}
      count={count}
      isPending={isPending}
      error={error}
      onToggle={name => void toggle(name)}
      onClose={onClose}
    />
  )
}
