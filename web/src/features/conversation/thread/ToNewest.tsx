import { ChevronDown } from 'lucide-react'
import { useRef } from 'react'
import type { Message } from '@/api/types'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import styles from './Thread.module.css'

interface Props {
  messages: readonly Message[]
  isAtEnd: boolean
  onPress: () => void
}

/** Away from the newest: the way back, and how much has come since. */
export function ToNewest({ messages, isAtEnd, onPress }: Props) {
  const newest = messages.findLast(message => message.id > 0)?.id ?? 0
  const seen = useRef(newest)
  if (isAtEnd) seen.current = Math.max(seen.current, newest)
  if (isAtEnd) return null
  const fresh = messages.filter(message => message.id > seen.current && message.direction === 'in').length
  return (
    <div className={styles.newest}>
      {fresh > 0 ? (
        <Button className={styles.pill ?? ''} icon={ChevronDown} onPress={onPress}>
          {m.conversation_new_messages({ count: fresh })}
        </Button>
      ) : (
        <IconButton
          className={styles.down}
          icon={ChevronDown}
          label={m.conversation_to_newest()}
          placement="left"
          onPress={onPress}
        />
      )}
    </div>
  )
}
