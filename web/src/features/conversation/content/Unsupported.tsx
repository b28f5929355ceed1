import { FileQuestion } from 'lucide-react'
import type { Message } from '@/api/types'
import { m } from '@/i18n/pages'
import { Formatted } from '@/lib/text'
import { Button } from '@/ui/Button'
import { useThread } from '../thread/context'
import styles from './Content.module.css'

/** Readable whatever it is; what was delivered is kept and can be shown to those who may see it. */
export function Unsupported({ message, name }: { message: Message; name: string }) {
  const { maySeeRaw, showRaw } = useThread()
  return (
    <div className={styles.unsupported}>
      <p className={styles.tapped}>
        <FileQuestion size={18} aria-hidden="true" />
        <span>
          {name === 'unsupported' ? m.conversation_not_passed_on() : m.conversation_unsupported({ name })}
        </span>
      </p>
      {message.text && (
        <div className={styles.text}>
          <Formatted text={message.text} />
        </div>
      )}
      {message.has_raw && maySeeRaw && (
        <Button size="small" onPress={() => showRaw(message)}>
          {m.conversation_show_raw()}
        </Button>
      )}
    </div>
  )
}
