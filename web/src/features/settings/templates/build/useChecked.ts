// What is still to be mended in a draft: the server's rules, asked while one types.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import type { TemplateCheck } from '@/api/types'
import { useDebounced } from '@/lib/useDebounced'
import type { DraftBody } from './draft'
import { fieldsOf, isPatient, wordsOf } from './rules'

export interface Checked {
  /** What to say beside each field now. */
  words: Record<string, string>
  /** How many fields are still to be mended; undefined while nobody knows. */
  left: number | undefined
  /** Somebody has been in this field: an empty one is told from now on. */
  touch: (field: string) => void
  touchAll: () => void
}

interface Asked {
  accountId: number
  body: DraftBody
  error: unknown
  /** What stays the same for a field when others come and go before it: buttons are counted. */
  keyOf: (field: string) => string
  /** What is told from the start, empty as it is. */
  urgent?: readonly string[]
}

export function useChecked({ accountId, body, error, keyOf, urgent = [] }: Asked): Checked {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set(urgent))
  const [isAll, setAll] = useState(false)
  const text = JSON.stringify(body)
  const rested = useDebounced(text, 300)
  const { data } = useQuery({
    queryKey: ['template check', accountId, rested],
    queryFn: ({ signal }) =>
      api.post<TemplateCheck>(`/accounts/${accountId}/templates/checks`, JSON.parse(rested), { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  const known = data?.fields ?? []
  // What the server said to the whole, until it is asked again.
  const refused = fieldsOf(error).filter(({ name }) => !known.some(one => one.name === name))
  const told = known.filter(field => isAll || touched.has(keyOf(field.name)) || !isPatient(field))
  return {
    words: wordsOf([...refused, ...told]),
    left: data && rested === text ? known.length : undefined,
    touch: field => setTouched(now => (now.has(keyOf(field)) ? now : new Set([...now, keyOf(field)]))),
    touchAll: () => setAll(true),
  }
}
