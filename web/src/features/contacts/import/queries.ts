// Reading imports. A `changed` frame names them all, so they live under one key; while a worker is at one, its progress
// is asked for too, for frames tell only of every few thousand rows.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { ContactImport, ImportFormat, ImportOutcome, ImportPreview, ImportRow } from '@/api/types'

const all = keys.collection('contact_imports')

const page = 50
const rowsAtOnce = 100

export function isBusy({ state }: Pick<ContactImport, 'state'>): boolean {
  return state === 'checking' || state === 'running' || state === 'undoing'
}

export const importsQuery = infiniteQueryOptions({
  queryKey: [...all, 'list'],
  initialPageParam: null as number | null,
  queryFn: ({ pageParam, signal }) =>
    api.get<ContactImport[]>('/contact_imports', { query: { before: pageParam, limit: page }, signal }),
  getNextPageParam: found => (found.length < page ? null : (found.at(-1)?.id ?? null)),
  staleTime: 0,
})

export const importKey = (id: number) => [...all, 'one', id] as const

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: importKey(id),
    queryFn: ({ signal }) => api.get<ContactImport>(`/contact_imports/${id}`, { signal }),
    staleTime: 0,
    refetchInterval: query => (query.state.data && isBusy(query.state.data) ? 1_000 : false),
  })

type Written = Pick<ImportFormat, 'encoding' | 'delimiter' | 'heading'>

export const previewQuery = (id: number, { encoding, delimiter, heading }: Written) =>
  queryOptions({
    // A file does not change: beside the collection, not under it.
    queryKey: ['contact-import-preview', id, encoding, delimiter, heading],
    queryFn: ({ signal }) =>
      api.get<ImportPreview>(`/contact_imports/${id}/preview`, {
        query: { encoding, delimiter, heading },
        signal,
      }),
  })

/** What became of rows; asked anew when the import has moved on. */
export const rowsQuery = ({ id, version }: ContactImport, outcome: ImportOutcome) =>
  infiniteQueryOptions({
    queryKey: ['contact-import-rows', id, version, outcome],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      api.get<ImportRow[]>(`/contact_imports/${id}/rows`, {
        query: { outcome, after: pageParam, limit: rowsAtOnce },
        signal,
      }),
    getNextPageParam: rows => (rows.length < rowsAtOnce ? null : rows.at(-1)?.number),
  })
