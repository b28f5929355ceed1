// The names of what a field can point at, retired dispositions too: a search may ask for how something ended then.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { contactFieldsQuery, contactListsQuery, dispositionsQuery } from '@/api/queries'
import type { ContactField, ContactList, Disposition } from '@/api/types'
import { useKnown } from '@/features/interactions/known'
import type { Subject } from './fields'
import type { Named, Sources } from './words'

const none: readonly ContactField[] = []
const noLists: readonly ContactList[] = []

export function useSources(about: Subject): Sources {
  const { accounts, agents, queues, tags } = useKnown()
  const { data } = useQuery({ ...dispositionsQuery, enabled: about === 'interaction' })
  const lists = useQuery({ ...contactListsQuery, enabled: about === 'contact' }).data ?? noLists
  const own = useQuery(contactFieldsQuery).data ?? none
  const dispositions = useMemo(() => paths(data ?? []), [data])
  return { accounts, agents, queues, tags, dispositions, lists, about, own }
}

/** Each with the names above it: two may be called the same. */
function paths(all: readonly Disposition[]): Named[] {
  const byId = new Map(all.map(one => [one.id, one]))
  const pathOf = (one: Disposition): string => {
    const above = one.parent_id === null ? undefined : byId.get(one.parent_id)
    return above ? `${pathOf(above)} › ${one.name}` : one.name
  }
  const named = all.map(one => ({ id: one.id, name: pathOf(one) }))
  return named.sort((one, other) => one.name.localeCompare(other.name))
}
