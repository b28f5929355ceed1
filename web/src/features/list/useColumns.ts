// The columns on screen: what the URL names, of what this reader may see.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { contactFieldsQuery } from '@/api/queries'
import type { ContactField } from '@/api/types'
import type { OwnField } from '@/features/conditions/fields'
import type { ColumnSet } from './columns'

interface Columns<R extends string> {
  /** The custom fields of contacts; none before they are known. */
  own: readonly ContactField[]
  isKnown: boolean
  names: readonly (R | OwnField)[]
}

const none: readonly ContactField[] = []

export function useColumns<R extends string, S extends string>(
  set: ColumnSet<R, S>,
  text: string | undefined,
): Columns<R> {
  const { data } = useQuery(contactFieldsQuery)
  const names = useMemo(() => set.shownOf(text, data), [set, text, data])
  return { own: data ?? none, isKnown: data !== undefined, names }
}
