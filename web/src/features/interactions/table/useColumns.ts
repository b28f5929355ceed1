// The columns on screen: what the URL names, of what this reader may see.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { contactFieldsQuery } from '@/api/queries'
import type { ContactField } from '@/api/types'
import { type ColumnName, columnsOf } from './columns'

interface Columns {
  /** The custom fields of contacts; none before they are known. */
  own: readonly ContactField[]
  isKnown: boolean
  names: readonly ColumnName[]
}

const none: readonly ContactField[] = []

export function useColumns(text: string | undefined): Columns {
  const { data } = useQuery(contactFieldsQuery)
  const names = useMemo(() => columnsOf(text, data), [text, data])
  return { own: data ?? none, isKnown: data !== undefined, names }
}
