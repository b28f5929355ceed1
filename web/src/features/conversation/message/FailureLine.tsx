import { useQueryClient } from '@tanstack/react-query'
import { CircleAlert, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { putMessage } from '@/api/entities'
import { problemWords } from '@/api/problem'
import type { Message } from '@/api/types'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { toast } from '@/ui/toasts'
import { failureWords } from '../failure'
import { useThread } from '../thread/context'
import styles from './Message.module.css'

/** Why it was not sent, or that nobody knows, and what can be done. */
export function FailureLine({ message }: { message: Message }) {
  const client = useQueryClient()
  const { mayWrite } = useThread()
  const [isPending, setPending] = useState(false)
  const { id, status, failure } = message
  if (status !== 'failed' && status !== 'unknown') return null
  const isUnknown = status === 'unknown'
  const words = isUnknown
    ? m.conversation_unknown_line()
    : failure
      ? failureWords(failure)
      : m.conversation_tick_failed()
  const mayRetry = mayWrite && (failure?.retryable ?? isUnknown)
  // Whoever sends an unknown one again has read that it may have arrived.
  const retry = async () => {
    setPending(true)
    try {
      putMessage(client, await api.post<Message>(`/messages/${id}/attempts`, { confirm: isUnknown }))
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
    } finally {
      setPending(false)
    }
  }
  return (
    <p className={styles.failure} data-unknown={isUnknown || undefined} title={failure?.detail ?? undefined}>
      <CircleAlert size={14} aria-hidden="true" />
      <span>{words}</span>
      {mayRetry && (
        <Button size="small" icon={RotateCcw} isPending={isPending} onPress={() => void retry()}>
          {isUnknown ? m.conversation_retry_again() : m.conversation_retry()}
        </Button>
      )}
    </p>
  )
}
