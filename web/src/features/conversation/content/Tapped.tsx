import { MousePointerClick } from 'lucide-react'
import type { Content } from '@/api/types'
import styles from './Content.module.css'

/** A button or a row of a list that the customer tapped. */
export function Tapped({ reply }: { reply: Extract<Content, { type: 'reply' }> }) {
  return (
    <div className={styles.tapped}>
      <MousePointerClick size={16} aria-hidden="true" />
      <span>
        <span className={styles.strong}>{reply.title}</span>
        {reply.description && <span className={styles.remark}>{reply.description}</span>}
      </span>
    </div>
  )
}
