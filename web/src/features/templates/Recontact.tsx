import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { LayoutTemplate, Send } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { putMessage } from '@/api/entities'
import { problemWords } from '@/api/problem'
import type { Interaction, Message, RecontactState } from '@/api/types'
import { shortcutOf } from '@/commands/registry'
import { m } from '@/i18n/pages'
import { languageName } from '@/lib/language'
import { Button } from '@/ui/Button'
import { ListTime } from '@/ui/Time'
import { toast } from '@/ui/toasts'
import { askTemplate } from './dialog'
import { recontactQuery } from './queries'

/** What is allowed when the window is shut: the recontact template with one click, or another template. */
export default function Recontact({ interaction }: { interaction: Interaction }) {
  const client = useQueryClient()
  const { id, version } = interaction
  const { data: state, error } = useQuery(recontactQuery(id, version))
  const [isPending, setPending] = useState(false)
  const recontact = async () => {
    setPending(true)
    try {
      putMessage(client, await api.post<Message>(`/interactions/${id}/recontact`, {}))
      toast(m.templates_recontacted(), { tone: 'success' })
    } catch (problem) {
      toast(problemWords(problem), { tone: 'danger' })
    } finally {
      setPending(false)
    }
  }
  const why = error ? problemWords(error) : state && hindrance(state)
  return (
    <>
      <Button
        size="small"
        icon={LayoutTemplate}
        shortcut={shortcutOf('templates.send')}
        onPress={() => askTemplate({ kind: 'send', interactionId: id })}
      >
        {m.templates_choose_one()}
      </Button>
      <Button
        size="small"
        variant="primary"
        icon={Send}
        isPending={isPending}
        isDisabled={!state || state.hindrance !== null}
        onPress={() => void recontact()}
      >
        {m.templates_recontact()}
      </Button>
      <span role="status">
        {why ? (
          <>
            {why} {state?.since && <ListTime at={state.since} />}
            {state?.open_id && (
              <Link to="/interactions/$interactionId" params={{ interactionId: state.open_id }}>
                #{state.open_id}
              </Link>
            )}
          </>
        ) : (
          state?.language && m.templates_recontact_in({ language: languageName(state.language) })
        )}
      </span>
    </>
  )
}

function hindrance({ hindrance, status, open_id }: RecontactState): string | undefined {
  switch (hindrance) {
    case null:
      return undefined
    case 'recontact_window_open':
      return open_id ? m.templates_recontact_open() : m.templates_recontact_window()
    case 'recontact_not_set':
      return m.templates_recontact_not_set()
    case 'recontact_no_language':
      return m.templates_recontact_no_language()
    case 'recontact_pending':
      return m.templates_recontact_pending()
    case 'recontact_unfilled':
      return m.templates_recontact_unfilled()
    default:
      return status === 'paused' ? m.templates_recontact_paused() : m.templates_recontact_not_approved()
  }
}
