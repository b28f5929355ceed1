import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Combine, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { contactListsQuery } from '@/api/queries'
import type { ContactList, DuplicatePair } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, EmptyState, ErrorNote, Note, Pill, Select, SkeletonRows } from '@/ui'
import { tellApart } from '../merge/actions'
import { likenessWords } from '../merge/likeness'
import styles from '../merge/Merge.module.css'
import { Person } from '../merge/Person'
import { pairsQuery } from '../merge/queries'
import pages from './Duplicates.module.css'

/** Contacts of a list that may be one person, two by two, with the reason. */
export default function DuplicatesPage() {
  const { data: lists, error, refetch } = useQuery(contactListsQuery)
  const [asked, setAsked] = useState<number>()
  const open = lists?.filter(({ level, deleted_at }) => level !== null && deleted_at === null)
  const list = open?.find(({ id }) => id === asked) ?? open?.[0]
  return (
    <div className={styles.page}>
      <title>{`${m.duplicates_title()} · Pronto`}</title>
      <header>
        <h1 className={styles.title}>{m.duplicates_title()}</h1>
        <p className={styles.lead}>{m.duplicates_lead()}</p>
      </header>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!lists && !error && <SkeletonRows count={4} />}
      {open?.length === 0 && <Note tone="info">{m.duplicates_no_list()}</Note>}
      {open && list && (
        <>
          {open.length > 1 && (
            <Select
              label={m.duplicates_list()}
              options={open.map(({ id, name }) => ({ id, label: name }))}
              value={list.id}
              onChange={setAsked}
            />
          )}
          <Pairs key={list.id} list={list} />
        </>
      )}
    </div>
  )
}

function Pairs({ list }: { list: ContactList }) {
  const { data, error, refetch } = useQuery(pairsQuery(list.id))
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows count={6} />
  if (data.length === 0) {
    return (
      <EmptyState icon={UsersRound} title={m.duplicates_none_title()}>
        {m.duplicates_none()}
      </EmptyState>
    )
  }
  return (
    <ul className={pages.pairs} aria-label={m.duplicates_title()}>
      {data.map(pair => (
        <Pair
          key={`${pair.reason} ${pair.contacts.map(({ id }) => id).join(' ')}`}
          pair={pair}
          mayMerge={list.level === 'merge_delete'}
        />
      ))}
    </ul>
  )
}

function Pair({ pair: { contacts, reason }, mayMerge }: { pair: DuplicatePair; mayMerge: boolean }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [error, setError] = useState<unknown>(null)
  const [one, other] = contacts
  if (!one || !other) return null
  return (
    <li className={pages.pair}>
      <div className={pages.head}>
        <Pill tone={reason === 'name' ? 'muted' : 'warning'}>{likenessWords[reason]()}</Pill>
        {mayMerge && (
          <span className={styles.tasks}>
            <Button size="small" onPress={() => void tellApart(client, one.id, other.id).catch(setError)}>
              {m.duplicates_apart()}
            </Button>
            <Button
              size="small"
              icon={Combine}
              onPress={() =>
                void navigate({
                  to: '/contacts/$contactId/merge/$otherId',
                  params: { contactId: one.id, otherId: other.id },
                })
              }
            >
              {m.duplicates_merge()}
            </Button>
          </span>
        )}
      </div>
      <Person contact={one} />
      <Person contact={other} />
      {error !== null && <ErrorNote error={error} />}
    </li>
  )
}
