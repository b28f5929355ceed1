import { Check } from 'lucide-react'
import type { ContactField, FieldValue } from '@/api/types'
import { shownOf } from '@/features/sidebar/own'
import styles from './Table.module.css'

interface Props {
  /** Not before it is known what it is. */
  field: ContactField | undefined
  value: FieldValue | undefined
}

/** What the contact has in a custom field, as its kind is read. */
export function OwnCell({ field, value }: Props) {
  if (!field || value === undefined) return null
  const words = shownOf(field, value)
  if (field.kind === 'switch') {
    return value === true ? <Check className={styles.check} size={16} role="img" aria-label={words} /> : null
  }
  if (field.kind === 'url') {
    return (
      <a
        className={styles.link}
        href={words}
        title={words}
        target="_blank"
        rel="noreferrer"
        onClick={event => event.stopPropagation()}
      >
        {words.replace(/^https?:\/\//i, '')}
      </a>
    )
  }
  return (
    <span className={field.kind === 'number' ? styles.number : styles.words} title={words}>
      {words}
    </span>
  )
}
