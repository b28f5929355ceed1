import { useQuery } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { keys } from '@/api/keys'
import type { UserRef } from '@/api/types'
import { m } from '@/i18n/pages'
import { Avatar } from '@/ui/Avatar'
import { tip } from '@/ui/Tooltip'
import styles from './Header.module.css'

const most = 3

/** The colleagues who have it on screen too. */
export function Watching({ interactionId, myId }: { interactionId: number; myId: number }) {
  const { data = [] } = useQuery<UserRef[]>({ queryKey: keys.watching(interactionId), enabled: false })
  const others = data.filter(({ id }) => id !== myId)
  if (others.length === 0) return null
  const words = m.conversation_watching({ names: others.map(({ name }) => name).join(', ') })
  return (
    <Button className={styles.watching ?? ''} aria-label={words} {...tip({ words })}>
      <Eye size={14} aria-hidden="true" />
      {others.slice(0, most).map(({ id, name }) => (
        <Avatar key={id} name={name} size={20} />
      ))}
      {others.length > most && <span aria-hidden="true">+{others.length - most}</span>}
    </Button>
  )
}
