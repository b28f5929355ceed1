import { ClipboardList } from 'lucide-react'
import type { Content } from '@/api/types'
import { m } from '@/i18n/pages'
import styles from './Content.module.css'

export function FormAnswers({ form }: { form: Extract<Content, { type: 'form' }> }) {
  return (
    <div className={styles.form}>
      <p className={styles.head}>
        <ClipboardList size={16} aria-hidden="true" />
        {form.name || m.conversation_form()}
      </p>
      <dl>
        {form.answers.map(({ key, value }) => (
          <div key={key}>
            <dt>{key.replaceAll('_', ' ')}</dt>
            <dd>{value || '–'}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
