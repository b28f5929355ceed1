import { PhoneMissed } from 'lucide-react'
import { m } from '@/i18n/pages'
import styles from './Content.module.css'

export function CallLine() {
  return (
    <div className={styles.tapped}>
      <PhoneMissed size={18} className={styles.missed} aria-hidden="true" />
      <span>
        <span className={styles.strong}>{m.conversation_call()}</span>
        <span className={styles.remark}>{m.conversation_call_help()}</span>
      </span>
    </div>
  )
}
