import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { MessageSquareText, Send } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { putInteraction } from '@/api/entities'
import { isProblem, problemWords } from '@/api/problem'
import { accountsQuery } from '@/api/queries'
import type { Interaction, StartState } from '@/api/types'
import { take } from '@/features/interactions/actions'
import { m } from '@/i18n/pages'
import { useDebounced } from '@/lib/useDebounced'
import { uuid } from '@/lib/uuid'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Note } from '@/ui/Note'
import { Select } from '@/ui/Select'
import { SkeletonRows } from '@/ui/Skeleton'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toasts'
import { WindowArc } from '@/ui/WindowArc'
import type { TemplateAsk } from './dialog'
import { slotErrors } from './errors'
import { pickQuery, startQuery } from './queries'
import styles from './Template.module.css'
import { TemplatePicker } from './TemplatePicker'
import { type Pick, usePick } from './usePick'

interface Props {
  ask: Extract<TemplateAsk, { kind: 'start' }>
  onClose: () => void
}

/** Writing to somebody first: from which number, to which, and what that leads to. */
export default function StartDialog({ ask, onClose }: Props) {
  const client = useQueryClient()
  const router = useRouter()
  const accounts = useQuery(accountsQuery)
  const choices = accounts.data ?? []
  const [accountId, setAccount] = useState<number | null>(ask.accountId ?? null)
  const account = choices.find(({ id }) => id === accountId) ?? choices[0]
  const [phone, setPhone] = useState(ask.phone ?? '')
  const [name, setName] = useState('')
  const [contactId, setContact] = useState<number | null>(ask.contactId ?? null)
  const typed = useDebounced(phone.trim(), 250)
  const rested = useDebounced(phone.trim(), 1_000)
  const hidden = ask.phone === undefined ? ask.contactId : undefined
  const isNumber = hidden !== undefined || typed.replace(/\D/g, '').length >= 6
  const found = useQuery({
    ...startQuery(account?.id ?? 0, hidden === undefined ? { phone: typed } : { contact: hidden }),
    enabled: account !== undefined && isNumber,
    placeholderData: keepPreviousData,
  })
  const state = isNumber && typed === phone.trim() && !found.error ? found.data : undefined
  const needsTemplate = state?.outcome === 'template_new' || state?.outcome === 'template_into'
  const contact = state?.contacts.find(({ id }) => id === contactId) ?? state?.contacts[0]
  const shown = hidden === undefined ? phone : (state?.phone ?? '•••')
  const templates = useQuery({
    ...pickQuery(account?.id ?? 0, {
      ...(hidden === undefined && { phone: state?.phone ?? '' }),
      ...(contact ? { contact: contact.id } : {}),
    }),
    enabled: needsTemplate,
    placeholderData: keepPreviousData,
  })
  const pick = usePick(needsTemplate ? templates.data : undefined, null)
  const [clientId] = useState(uuid)
  const [error, setError] = useState<unknown>(null)
  const [isPending, setPending] = useState(false)

  const goTo = (interaction: Interaction) => {
    putInteraction(client, interaction)
    onClose()
    void router.navigate({
      to: '/interactions/$interactionId',
      params: { interactionId: interaction.id },
    })
  }
  const attempt = async (act: () => Promise<unknown>) => {
    if (isPending) return
    setPending(true)
    setError(null)
    try {
      await act()
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  const start = () =>
    attempt(async () => {
      if (!account || !state) return
      goTo(
        await api.post<Interaction>('/interactions', {
          client_id: clientId,
          account_id: account.id,
          phone: hidden === undefined ? state.phone : null,
          contact_id: hidden ?? contact?.id ?? null,
          name: state.makes_contact ? name : null,
          ...(needsTemplate ? await pick.body() : {}),
        }),
      )
    })
  const isWrong = isNumber ? isProblem(found.error, 'invalid') : isNoNumber(rested, phone)
  const phoneError = isWrong ? m.templates_start_not_a_number() : undefined
  return (
    <Dialog
      title={m.templates_start_title()}
      isOpen
      onOpenChange={onClose}
      size="large"
      footer={
        <Act
          state={state}
          isPending={isPending}
          lacks={lacks(shown, needsTemplate, pick)}
          onStart={() => void start()}
          onTake={() =>
            void attempt(async () => state?.interaction && goTo(await take(client, state.interaction.id)))
          }
          onAsk={() =>
            void attempt(async () => {
              if (!state?.interaction) return
              await api.post(`/interactions/${state.interaction.id}/requests`, {})
              toast(m.templates_start_asked({ name: state.owner?.name ?? '' }), { tone: 'success' })
              onClose()
            })
          }
        />
      }
    >
      <div className={styles.start}>
        <div className={styles.who}>
          {choices.length > 0 && (
            <Select
              label={m.templates_start_account()}
              options={choices.map(one => ({
                id: one.id,
                label: one.name,
                description: one.phone ?? one.key,
              }))}
              value={account?.id ?? null}
              onChange={setAccount}
            />
          )}
          <TextField
            label={m.templates_start_phone()}
            type="tel"
            autoFocus={hidden === undefined}
            isDisabled={hidden !== undefined}
            value={shown}
            onChange={setPhone}
            error={phoneError}
            placeholder="+39 333 1234567"
            description={
              state && state.phone.replace(/\D/g, '') !== shown.replace(/\D/g, '') ? state.phone : undefined
            }
          />
        </div>
        {accounts.data?.length === 0 && <Note tone="warning">{m.templates_start_no_account()}</Note>}
        {found.error && !phoneError && <Note tone="warning">{startWords(found.error)}</Note>}
        {state && (
          <div className={styles.found} role="status">
            {state.contacts.length > 1 && hidden === undefined ? (
              <Select
                label={m.templates_start_contact()}
                options={state.contacts.map(one => ({
                  id: one.id,
                  label: one.name || state.phone,
                  description: one.company ?? one.email ?? undefined,
                }))}
                value={contact?.id ?? null}
                onChange={setContact}
              />
            ) : contact ? (
              <p>{m.templates_start_is({ name: contact.name || state.phone })}</p>
            ) : state.makes_contact ? (
              <TextField
                label={m.templates_start_new_contact()}
                value={name}
                onChange={setName}
                description={m.templates_start_new_contact_help()}
              />
            ) : (
              <p>{m.templates_start_no_contact()}</p>
            )}
            <Outcome state={state} />
          </div>
        )}
        {error !== null && <ErrorNote error={error} />}
        {needsTemplate && templates.isPending && <SkeletonRows count={4} />}
        {needsTemplate && templates.error && (
          <ErrorNote error={templates.error} onRetry={() => void templates.refetch()} />
        )}
        {needsTemplate && templates.data && (
          <TemplatePicker
            pick={pick}
            isEmpty={templates.data.items.length === 0}
            errors={slotErrors(error)}
          />
        )}
      </div>
    </Dialog>
  )
}

/** What cannot become one, once the hands rest. */
function isNoNumber(rested: string, phone: string): boolean {
  return rested !== '' && rested === phone.trim()
}

/** Why it cannot be sent yet. */
function lacks(phone: string, needsTemplate: boolean, pick: Pick): string | undefined {
  if (!phone.trim()) return m.templates_start_needs_number()
  if (!needsTemplate) return undefined
  if (!pick.variant) return m.templates_start_needs_template()
  if (pick.variant.content.beyond !== null) return m.templates_beyond()
  return pick.lacking.length > 0 ? m.templates_start_needs_values() : undefined
}

function startWords(error: unknown): string {
  return isProblem(error, 'cannot_start') ? m.templates_start_cannot() : problemWords(error)
}

/** What there is with them now. */
function Outcome({ state }: { state: StartState }) {
  const name = state.owner?.name ?? ''
  switch (state.outcome) {
    case 'open':
      return (
        <Note>
          {m.templates_start_open()}{' '}
          {state.window_expires_at && <WindowArc expiresAt={state.window_expires_at} withWords />}
        </Note>
      )
    case 'reopen':
      return (
        <Note>
          {m.templates_start_reopen()}{' '}
          {state.window_expires_at && <WindowArc expiresAt={state.window_expires_at} withWords />}
        </Note>
      )
    case 'held':
      return <Note tone="warning">{m.templates_start_held({ name })}</Note>
    case 'free':
      return <Note>{m.templates_start_free()}</Note>
    case 'template_into':
      return <Note>{m.templates_start_into()}</Note>
    case 'template_new':
      return <Note>{m.templates_start_new()}</Note>
  }
}

interface ActProps {
  state: StartState | undefined
  isPending: boolean
  lacks: string | undefined
  onStart: () => void
  onTake: () => void
  onAsk: () => void
}

/** The one thing that can be done now. */
function Act({ state, isPending, lacks, onStart, onTake, onAsk }: ActProps) {
  switch (state?.outcome) {
    case 'held':
      return (
        <Button variant="primary" isPending={isPending} isDisabled={!state.interaction} onPress={onAsk}>
          {m.templates_start_ask({ name: state.owner?.name ?? '' })}
        </Button>
      )
    case 'free':
      return (
        <Button
          variant="primary"
          isPending={isPending}
          isDisabled={!state.interaction?.may.take}
          onPress={onTake}
        >
          {m.templates_start_take()}
        </Button>
      )
    case 'open':
    case 'reopen':
      return (
        <Button variant="primary" icon={MessageSquareText} isPending={isPending} onPress={onStart}>
          {state.outcome === 'open' ? m.templates_start_go() : m.templates_start_go_reopen()}
        </Button>
      )
    default:
      return (
        <>
          {lacks && (
            <span className={styles.caption} role="status">
              {lacks}
            </span>
          )}
          <Button
            variant="primary"
            icon={Send}
            isPending={isPending}
            isDisabled={!state || lacks !== undefined}
            onPress={onStart}
          >
            {m.templates_send()}
          </Button>
        </>
      )
  }
}
