import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import type { Contact, ContactPage } from '@/api/types'
import { m } from '@/i18n/admin'
import { fullName } from '@/lib/names'
import { useDebounced } from '@/lib/useDebounced'
import { Dialog, ErrorNote, SkeletonRows } from '@/ui'
import { SearchInput } from '@/ui/SearchInput'
import { factsOf } from './fields'
import styles from './Merge.module.css'

const most = 20

interface Props {
  title: string
  /** Who is not to be found: one cannot be merged with oneself. */
  except: number | null
  /** What is looked for to begin with. */
  initial?: string
  /** Closes when it is done; a failure is worded inside. */
  onChoose: (contact: Contact) => Promise<unknown>
  onClose: () => void
}

/** A contact, found by name, number or e-mail address. */
export function FindContact({ title, except, initial = '', onChoose, onClose }: Props) {
  const [typed, setTyped] = useState(initial)
  const [error, setError] = useState<unknown>(null)
  const [isPending, setPending] = useState(false)
  const search = useDebounced(typed.trim(), 200)
  const query = useQuery({
    queryKey: ['contact-merge', 'find', search],
    queryFn: ({ signal }) => api.get<ContactPage>('/contacts', { query: { search, limit: most }, signal }),
    enabled: search !== '',
    gcTime: 0,
  })
  const found = query.data?.items.filter(({ id }) => id !== except) ?? []
  const choose = async (one: Contact) => {
    setPending(true)
    setError(null)
    try {
      await onChoose(one)
      onClose()
    } catch (problem) {
      setError(problem)
      setPending(false)
    }
  }
  return (
    <Dialog title={title} isOpen onOpenChange={onClose}>
      <div className={styles.finder}>
        <SearchInput
          label={m.merge_find_label()}
          value={typed}
          onChange={setTyped}
          maxLength={200}
          autoFocus
        />
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {error !== null && <ErrorNote error={error} />}
        {query.isFetching && !query.data && <SkeletonRows count={4} />}
        {query.data && found.length === 0 && <p className={styles.lead}>{m.merge_find_none()}</p>}
        <ul className={styles.people} aria-label={m.merge_find_label()}>
          {found.map(one => (
            <li key={one.id}>
              <button
                type="button"
                className={styles.found}
                disabled={isPending}
                onClick={() => void choose(one)}
              >
                <span>
                  {fullName(one)}
                  <span className={styles.number}>#{one.id}</span>
                </span>
                <span className={styles.facts}>{factsOf(one)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
