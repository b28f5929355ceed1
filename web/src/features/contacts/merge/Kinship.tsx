import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Combine, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { isProblem } from '@/api/problem'
import type { ContactCard, ContactMerge, Duplicate } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, DateTime, ErrorNote, Note, Pill } from '@/ui'
import { tellApart, undo } from './actions'
import { FindOther } from './FindOther'
import { likenessWords } from './likeness'
import styles from './Merge.module.css'
import { Person } from './Person'
import { alikeQuery, mergesQuery } from './queries'

/** Who may be the same person as this contact, who went into it, and the way to merge it with another. */
export default function Kinship({ contact }: { contact: ContactCard }) {
  const [isFinding, setFinding] = useState(false)
  const alike = useQuery(alikeQuery(contact.id))
  const merges = useQuery(mergesQuery(contact.id))
  const mayMerge = contact.may_delete === true && contact.deleted_at === null
  const found = alike.data ?? []
  const before = merges.data ?? []
  if (contact.erased_at) return null
  if (contact.merged_into) return <Gone into={contact.merged_into} />
  if (!mayMerge && found.length === 0 && before.length === 0) return null
  return (
    <section className={styles.panel} aria-label={m.merge_panel()}>
      {found.length > 0 && (
        <>
          <h2>{m.duplicates_of()}</h2>
          <ul className={styles.people}>
            {found.map(one => (
              <Alike key={one.contact.id} contact={contact} one={one} mayMerge={mayMerge} />
            ))}
          </ul>
        </>
      )}
      {before.length > 0 && (
        <>
          <h2>{m.merge_before()}</h2>
          <ul className={styles.people}>
            {before.map(one => (
              <Merge key={one.id} one={one} />
            ))}
          </ul>
        </>
      )}
      {mayMerge && (
        <div className={styles.tasks}>
          <Button icon={Combine} onPress={() => setFinding(true)}>
            {m.merge_with()}
          </Button>
        </div>
      )}
      {isFinding && <FindOther contact={contact} onClose={() => setFinding(false)} />}
    </section>
  )
}

function Gone({ into }: { into: number }) {
  return (
    <Note tone="info">
      {m.merge_went()}{' '}
      <Link to="/contacts/$contactId" params={{ contactId: into }}>
        {m.merge_went_into({ id: into })}
      </Link>
    </Note>
  )
}

interface AlikeProps {
  contact: ContactCard
  one: Duplicate
  mayMerge: boolean
}

function Alike({ contact, one, mayMerge }: AlikeProps) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [error, setError] = useState<unknown>(null)
  const apart = () => tellApart(client, contact.id, one.contact.id).catch(setError)
  return (
    <li>
      <Person contact={one.contact}>
        {one.reasons.map(reason => (
          <Pill key={reason}>{likenessWords[reason]()}</Pill>
        ))}
        {mayMerge && (
          <span className={styles.tasks}>
            <Button size="small" onPress={() => void apart()}>
              {m.duplicates_apart()}
            </Button>
            <Button
              size="small"
              icon={Combine}
              onPress={() =>
                void navigate({
                  to: '/contacts/$contactId/merge/$otherId',
                  params: { contactId: contact.id, otherId: one.contact.id },
                })
              }
            >
              {m.duplicates_merge()}
            </Button>
          </span>
        )}
      </Person>
      {error !== null && <ErrorNote error={error} />}
    </li>
  )
}

function Merge({ one }: { one: ContactMerge }) {
  const client = useQueryClient()
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async () => {
    setPending(true)
    setError(null)
    try {
      await undo(client, one)
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  return (
    <li>
      <div className={styles.person}>
        <span className={styles.who}>
          {m.merge_line({ id: one.source_id, name: one.by.name })} <DateTime at={one.at} />
          {one.undone_at !== null && <span className={styles.facts}> · {m.merge_line_undone()}</span>}
        </span>
        {one.may_undo && (
          <Button size="small" icon={Undo2} isPending={isPending} onPress={() => void run()}>
            {m.merge_undo()}
          </Button>
        )}
      </div>
      {isProblem(error, 'merged_since') ? (
        <Note tone="warning">{m.merge_since()}</Note>
      ) : (
        error !== null && <ErrorNote error={error} />
      )}
    </li>
  )
}
