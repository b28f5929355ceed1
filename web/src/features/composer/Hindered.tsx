import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Clock, Lock } from 'lucide-react'
import { Suspense, useState } from 'react'
import { problemWords } from '@/api/problem'
import { offersQuery } from '@/api/queries'
import type { Interaction } from '@/api/types'
import { CommandButton } from '@/commands/CommandButton'
import { shortcutOf } from '@/commands/registry'
import { take } from '@/features/interactions/actions'
import { recontactQuery } from '@/features/templates/queries'
import { m } from '@/i18n/pages'
import { useNow } from '@/lib/clock'
import { millis, timeOfDay } from '@/lib/time'
import { Button } from '@/ui/Button'
import { later } from '@/ui/later'
import { toast } from '@/ui/toasts'
import styles from './Composer.module.css'
import type { ComposerState } from './useComposer'

const Recontact = later(() => import('@/features/templates/Recontact'))

interface Props {
  interaction: Interaction
  composer: ComposerState
}

/** Why one cannot write to the customer here, and what one can do instead. */
export function Hindered({ interaction, composer }: Props) {
  const { hindrance, mayNote, draft, canWrite } = composer
  const isOffered =
    useQuery(offersQuery).data?.some(
      offer => offer.interaction_id === interaction.id && offer.state === 'pending',
    ) ?? false
  const mayTake = interaction.may.take && hindrance !== 'closed'
  const Icon = hindrance === 'window' ? Clock : Lock
  return (
    <div className={styles.hindered}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <p role="status">
        {words(interaction, composer, isOffered)}
        {hindrance === 'closed' && <Afterwards interaction={interaction} />}
        {draft.text && !draft.isNote && ` ${m.composer_kept()}`}
        {mayNote && !canWrite && ` ${m.composer_note_instead()}`}
      </p>
      <div className={styles.ways}>
        {(hindrance === 'window' || (hindrance === 'closed' && interaction.may.reopen)) && (
          <Suspense>
            <Recontact interaction={interaction} />
          </Suspense>
        )}
        {mayNote && (
          <Button size="small" shortcut={shortcutOf('composer.note')} onPress={() => composer.setNote(true)}>
            {m.composer_write_note()}
          </Button>
        )}
        {hindrance === 'waiting' && isOffered ? (
          <CommandButton command="offer.accept" size="small" variant="primary" showKeys />
        ) : (
          mayTake && <TakeButton interaction={interaction} />
        )}
      </div>
    </div>
  )
}

/** What becomes of it if the customer writes again. */
function Afterwards({ interaction }: Pick<Props, 'interaction'>) {
  const { id, version, back_until: until, may } = interaction
  const { data: state } = useQuery({ ...recontactQuery(id, version), enabled: may.reopen })
  const now = useNow(10_000)
  const isBack = until !== null && millis(until) > now
  if (isBack) return ` ${m.composer_closed_back({ time: timeOfDay(millis(until)) })}`
  if (may.reopen && !state) return null
  return ` ${state?.hindrance === 'recontact_pending' ? m.composer_closed_pending() : m.composer_closed_over()}`
}

function TakeButton({ interaction }: { interaction: Interaction }) {
  const client = useQueryClient()
  const [isPending, setPending] = useState(false)
  const run = async () => {
    setPending(true)
    try {
      await take(client, interaction.id)
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
    } finally {
      setPending(false)
    }
  }
  return (
    <Button size="small" variant="primary" isPending={isPending} onPress={run}>
      {m.composer_take()}
    </Button>
  )
}

function words({ owner, may }: Interaction, { hindrance }: ComposerState, isOffered: boolean): string {
  switch (hindrance) {
    case 'closed':
      return m.composer_closed()
    case 'window':
      return m.composer_window()
    case 'owner': {
      const name = owner?.name ?? m.problem_somebody_else()
      return may.take ? m.composer_owner_take({ name }) : m.composer_owner({ name })
    }
    case 'waiting':
      if (isOffered) return m.composer_waiting_offer()
      return may.take ? m.composer_waiting_take() : m.composer_waiting()
    case 'flow':
      return m.composer_flow()
    case 'bot':
      return m.composer_bot()
    default:
      return m.composer_rights()
  }
}
