import { useQuery } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { m } from '@/i18n/pages'
import { now, useNow } from '@/lib/clock'
import type { Typing as Whisper } from '@/live'
import styles from './Header.module.css'

/** A colleague is writing in the same conversation. It lies over the thread, so nothing moves. */
export function Typing({ interactionId, myId }: { interactionId: number; myId: number }) {
  const { data = [] } = useQuery<Whisper[]>({ queryKey: keys.typing(interactionId), enabled: false })
  if (data.length === 0) return null
  return <Believed whispers={data.filter(({ user }) => user.id !== myId)} />
}

function Believed({ whispers }: { whispers: readonly Whisper[] }) {
  useNow()
  const writing = whispers.filter(({ until }) => until > now())
  if (writing.length === 0) return null
  return (
    <p className={styles.typing} role="status">
      {m.conversation_typing({ name: writing.map(({ user }) => user.name).join(', ') })}
    </p>
  )
}
