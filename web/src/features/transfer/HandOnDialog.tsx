import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { recipientsQuery } from '@/api/queries'
import type { Recipient, UserRef } from '@/api/types'
import { stateWords } from '@/features/frame/stateWords'
import { heldInteraction } from '@/features/interactions/actions'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { Button, Dialog, ErrorNote, Select, SkeletonRows, TextArea, toast } from '@/ui'
import { Finder, type Found } from '@/ui/Finder'
import { StateDot } from '@/ui/StateDot'
import { assign, propose } from './actions'
import { askToHandOn, type Request } from './asking'
import { asTransfer, type Choice, forAssignment, forTransfer } from './choices'
import styles from './HandOn.module.css'

const noteAtMost = 500

/** To whom: typed, chosen with the arrows, done with Enter. */
export default function HandOnDialog({ request }: { request: Request }) {
  const client = useQueryClient()
  const { data, error: unread } = useQuery(recipientsQuery)
  const [key, setKey] = useState<string>()
  const [note, setNote] = useState('')
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [whose, setWhose] = useState(request.do === 'moveAll' ? request.of : null)
  const subject = useSubject(request, whose)
  const isAsking = request.do === 'moveAll' && request.of === null
  const all = data
    ? request.do === 'transfer'
      ? forTransfer(data, subject)
      : forAssignment(data, subject, m.transfer_routing())
    : []
  const chosen = all.find(one => one.key === key)
  const isUndecided = request.do === 'moveAll' && whose === null
  const close = () => askToHandOn(null)

  const run = async () => {
    if (!chosen || isPending || isUndecided) return
    setPending(true)
    setError(null)
    try {
      await handOn(chosen)
      close()
    } catch (problem) {
      setError(problem)
      setPending(false)
    }
  }
  const handOn = async ({ to, name }: Choice) => {
    if (request.do === 'transfer') {
      const target = asTransfer(to)
      if (!target) return
      const { nobody } = await propose(client, request.id, target, note)
      toast(nobody ? m.transfer_nobody({ name }) : m.transfer_proposed({ name }), { tone: 'success' })
      return
    }
    const what = request.do === 'assign' ? { interactions: request.ids } : { of_user: whose?.id ?? 0 }
    const { done, refused } = await assign(client, what, to)
    if (refused.length === 0) toast(m.transfer_assigned({ count: done.length, name }), { tone: 'success' })
    else
      toast(m.transfer_assigned_partly({ done: done.length, name, refused: reasons(refused) }), {
        tone: 'danger',
      })
  }
  return (
    <Dialog
      title={subject.title}
      isOpen
      onOpenChange={close}
      footer={
        <Button
          variant="primary"
          isPending={isPending}
          isDisabled={!chosen || isUndecided}
          onPress={() => void run()}
        >
          {request.do === 'transfer' ? m.transfer_do() : m.transfer_assign_do()}
        </Button>
      }
    >
      <div className={styles.body}>
        {isAsking && <Whose all={data?.agents} value={whose} onChange={setWhose} />}
        <div className={styles.to}>
          <Finder
            label={m.transfer_to()}
            placeholder={m.transfer_to()}
            items={all.map(itemOf)}
            none={() => m.transfer_none()}
            autoFocus={!isAsking}
            isCautious
            isBusy={!data && !unread}
            onChoose={() => void run()}
            onActive={setKey}
          >
            {!data && !unread && <SkeletonRows count={4} />}
          </Finder>
        </div>
        {request.do === 'transfer' && (
          <TextArea
            label={m.transfer_note()}
            description={m.transfer_note_help()}
            value={note}
            maxLength={noteAtMost}
            onChange={setNote}
          />
        )}
        {unread && <ErrorNote error={unread} />}
        {error !== null && <ErrorNote error={error} />}
      </div>
    </Dialog>
  )
}

interface WhoseProps {
  all: readonly Recipient[] | undefined
  value: UserRef | null
  onChange: (user: UserRef) => void
}

/** Whose work is to be moved: those who have any. */
function Whose({ all, value, onChange }: WhoseProps) {
  const busy = (all ?? []).filter(({ open }) => open > 0)
  if (all && busy.length === 0) return <p className={styles.none}>{m.transfer_nobody_busy()}</p>
  return (
    <Select
      label={m.transfer_whose()}
      autoFocus
      isDisabled={!all}
      value={value?.id ?? null}
      onChange={id => {
        const found = busy.find(({ user }) => user.id === id)
        if (found) onChange(found.user)
      }}
      options={busy.map(({ user, open, ...presence }) => ({
        id: user.id,
        label: user.name,
        description: `${stateWords(presence)} · ${m.transfer_open({ load: String(open) })}`,
      }))}
    />
  )
}

function itemOf({ key, name, agent, there, isPossible }: Choice): Found<string> {
  if (agent) {
    const load = agent.capacity > 0 ? `${agent.open}/${agent.capacity}` : String(agent.open)
    return {
      id: key,
      label: name,
      detail: `${stateWords(agent)} · ${m.transfer_open({ load })}`,
      mark: <StateDot state={agent.state} />,
      isDisabled: !isPossible,
    }
  }
  return {
    id: key,
    label: name,
    detail: there === undefined ? m.transfer_routing_help() : m.transfer_there({ count: there }),
    mark: <span className={styles.queue} aria-hidden="true" />,
    isDisabled: !isPossible,
  }
}

/** Which were left as they are, and why. */
function reasons(refused: readonly { id: number; code: string }[]): string {
  const words = refused.map(({ id, code }) => {
    if (code === 'closed') return m.transfer_refused_closed({ id: String(id) })
    if (code === 'not_on_account') return m.transfer_refused_account({ id: String(id) })
    if (code === 'theirs_already') return m.transfer_refused_theirs({ id: String(id) })
    if (code === 'not_found') return m.transfer_refused_gone({ id: String(id) })
    return m.transfer_refused_other({ id: String(id) })
  })
  return words.join('; ')
}

/** What is handed on: its accounts, who has it now, and how the dialog is called. */
function useSubject(
  request: Request,
  whose: UserRef | null,
): { accounts: number[]; ownerId: number | null; title: string } {
  const client = useQueryClient()
  if (request.do === 'moveAll') {
    const title = whose ? m.transfer_move_all({ name: whose.name }) : m.transfer_move_all_command()
    return { accounts: [], ownerId: whose?.id ?? null, title }
  }
  const ids = request.do === 'transfer' ? [request.id] : request.ids
  const held = ids.flatMap(id => heldInteraction(client, id) ?? [])
  const accounts = [...new Set(held.map(({ account }) => account.id))]
  const only = held.length === 1 ? held[0] : undefined
  const name = only ? customerName(only) : ''
  const title =
    request.do === 'transfer'
      ? m.transfer_title({ name })
      : only
        ? m.transfer_assign_title({ name })
        : m.transfer_assign_many({ count: ids.length })
  return { accounts, ownerId: only?.owner?.id ?? null, title }
}
