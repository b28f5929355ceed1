import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { ArrowLeftRight, Combine, UserRoundX } from 'lucide-react'
import { useState } from 'react'
import { isProblem, problemWords } from '@/api/problem'
import { contactFieldsQuery } from '@/api/queries'
import type { ContactCard, ContactMerge } from '@/api/types'
import { m } from '@/i18n/admin'
import { fullName } from '@/lib/names'
import { Button, cx, EmptyState, ErrorNote, Note, SkeletonRows, toast } from '@/ui'
import { merge, undo } from './actions'
import { choicesOf, isDoubtful, type Pair, pairsOf, type Side, united, usualSide } from './fields'
import styles from './Merge.module.css'
import { readQuery } from './queries'

/** Two records of one person, side by side, to become one. */
export default function MergePage() {
  const { contactId, otherId } = useParams({ from: '/desk/frame/contacts/$contactId/merge/$otherId' })
  const target = useQuery(readQuery(contactId))
  const source = useQuery(readQuery(otherId))
  const own = useQuery(contactFieldsQuery)
  const error = target.error ?? source.error ?? own.error
  const read = () => void Promise.all([target.refetch(), source.refetch(), own.refetch()])
  return (
    <div className={styles.page}>
      <title>{`${m.merge_title()} · Pronto`}</title>
      <header>
        <Link className={styles.crumb} to="/contacts/$contactId" params={{ contactId }}>
          {target.data ? fullName(target.data) : m.contact_page()}
        </Link>
        <h1 className={styles.title}>{m.merge_title()}</h1>
        <p className={styles.lead}>{m.merge_lead()}</p>
      </header>
      {error && isProblem(error) && error.status === 404 ? (
        <EmptyState icon={UserRoundX} title={m.contact_missing_title()}>
          {m.merge_missing()}
        </EmptyState>
      ) : (
        error && <ErrorNote error={error} onRetry={read} />
      )}
      {!error && (!target.data || !source.data || !own.data) && <SkeletonRows count={8} />}
      {!error && target.data && source.data && own.data && (
        <Sides
          // What was chosen is of these two, as they are now.
          key={`${contactId} ${otherId}`}
          target={target.data}
          source={source.data}
          pairs={pairsOf(target.data, source.data, own.data)}
          onReadAgain={read}
        />
      )}
    </div>
  )
}

interface SidesProps {
  target: ContactCard
  source: ContactCard
  pairs: readonly Pair[]
  onReadAgain: () => void
}

function Sides({ target, source, pairs, onReadAgain }: SidesProps) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({})
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const mayMerge = Boolean(target.may_delete && source.may_delete) && target.id !== source.id
  const isGone = target.deleted_at !== null || source.deleted_at !== null
  const run = async () => {
    setPending(true)
    setError(null)
    try {
      const done = await merge(client, target, source, choicesOf(pairs, chosen))
      await navigate({ to: '/contacts/$contactId', params: { contactId: target.id } })
      toast(m.merge_done({ name: fullName(target) }), {
        tone: 'success',
        action: { label: m.merge_undo(), run: () => void takeBack(done) },
      })
    } catch (problem) {
      setError(problem)
      setPending(false)
      if (isProblem(problem, 'changed_meanwhile')) onReadAgain()
    }
  }
  const takeBack = async (done: ContactMerge) => {
    try {
      await undo(client, done)
      toast(m.merge_undone(), { tone: 'success' })
    } catch (problem) {
      toast(problemWords(problem), { tone: 'danger' })
    }
  }
  const swap = () =>
    void navigate({
      to: '/contacts/$contactId/merge/$otherId',
      params: { contactId: source.id, otherId: target.id },
      replace: true,
    })
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.sides}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{m.merge_field()}</span>
              </th>
              <Head contact={target} words={m.merge_stays()} />
              <Head contact={source} words={m.merge_goes()} />
            </tr>
          </thead>
          <tbody>
            {pairs.map(pair => (
              <PairRow
                key={pair.field}
                pair={pair}
                side={chosen[pair.field] ?? usualSide(pair)}
                isLocked={isPending}
                onChange={side => setChosen({ ...chosen, [pair.field]: side })}
              />
            ))}
            <Together target={target} source={source} />
          </tbody>
        </table>
      </div>
      <p className={styles.lead}>{m.merge_what()}</p>
      {!mayMerge && <Note tone="warning">{m.merge_may_not()}</Note>}
      {isGone && <Note tone="warning">{m.merge_deleted()}</Note>}
      {isProblem(error, 'changed_meanwhile') ? (
        <Note tone="warning">{m.merge_changed()}</Note>
      ) : (
        error !== null && <ErrorNote error={error} />
      )}
      <div className={styles.bar}>
        <Button icon={ArrowLeftRight} isDisabled={isPending} onPress={swap}>
          {m.merge_swap()}
        </Button>
        <span className={styles.gap} />
        <Button
          onPress={() => void navigate({ to: '/contacts/$contactId', params: { contactId: target.id } })}
        >
          {m.ui_cancel()}
        </Button>
        <Button
          variant="primary"
          icon={Combine}
          isPending={isPending}
          isDisabled={!mayMerge || isGone}
          onPress={() => void run()}
        >
          {m.merge_run()}
        </Button>
      </div>
    </>
  )
}

function Head({ contact, words }: { contact: ContactCard; words: string }) {
  return (
    <th scope="col">
      <span className={styles.role}>{words}</span>
      <Link to="/contacts/$contactId" params={{ contactId: contact.id }}>
        {fullName(contact)}
      </Link>
      <span className={styles.number}>#{contact.id}</span>
    </th>
  )
}

interface PairProps {
  pair: Pair
  side: Side
  isLocked: boolean
  onChange: (side: Side) => void
}

/** What is only there once, or the same in both, needs no choice. */
function PairRow({ pair, side, isLocked, onChange }: PairProps) {
  const isOpen = isDoubtful(pair)
  return (
    <tr className={cx(isOpen && styles.doubtful)}>
      <th scope="row">{pair.label}</th>
      {(['target', 'source'] as const).map(one => {
        const isKept = side === one || (!isOpen && pair[one] !== '')
        const value = pair[one]
        return (
          <td key={one} className={cx(isKept ? styles.kept : styles.left)}>
            {isOpen ? (
              <label className={styles.choice}>
                <input
                  type="radio"
                  name={pair.field}
                  aria-label={`${pair.label}: ${value}`}
                  checked={side === one}
                  disabled={isLocked}
                  onChange={() => onChange(one)}
                />
                <span>{value}</span>
              </label>
            ) : (
              value || <span aria-hidden="true">–</span>
            )}
          </td>
        )
      })}
    </tr>
  )
}

/** What both have goes together. */
function Together({ target, source }: { target: ContactCard; source: ContactCard }) {
  const numbers = ({ numbers }: ContactCard) => numbers.map(({ number }) => number)
  const socials = ({ socials }: ContactCard) =>
    Object.entries(socials).map(([network, name]) => `${network}: ${name}`)
  const notes = (target.notes?.length ?? 0) + (source.notes?.length ?? 0)
  const rows = [
    { label: m.sidebar_tags(), words: united(target.tags, source.tags).join(', ') },
    { label: m.merge_numbers(), words: united(numbers(target), numbers(source)).join(', ') },
    { label: m.merge_socials(), words: united(socials(target), socials(source)).join(', ') },
    { label: m.merge_notes(), words: notes > 0 ? m.merge_notes_count({ count: notes }) : '' },
  ]
  return rows
    .filter(({ words }) => words !== '')
    .map(({ label, words }) => (
      <tr key={label}>
        <th scope="row">{label}</th>
        <td colSpan={2} className={styles.kept}>
          {words} <span className={styles.together}>{m.merge_together()}</span>
        </td>
      </tr>
    ))
}
