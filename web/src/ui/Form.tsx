import type { ReactNode } from 'react'
import { m } from '@/i18n'
import { Button } from './Button'
import { ErrorNote } from './ErrorNote'
import styles from './Form.module.css'

interface FormSectionProps {
  title: string
  description?: ReactNode
  children: ReactNode
}

/** A group of fields under one heading, 640 px wide. */
export function FormSection({ title, description, children }: FormSectionProps) {
  return (
    <section className={styles.section}>
      <h2 className={styles.title}>{title}</h2>
      {description && <p className={styles.description}>{description}</p>}
      <div className={styles.fields}>{children}</div>
    </section>
  )
}

interface SaveBarProps {
  /** The labels of the fields that differ from what is stored; the bar is there while there are any. */
  changes: readonly string[]
  isPending?: boolean
  error?: unknown
  onSave: () => void
  onDiscard: () => void
}

/** Says what changed; sticks to the foot of the form. */
export function SaveBar({ changes, isPending = false, error, onSave, onDiscard }: SaveBarProps) {
  if (changes.length === 0 && !error) return null
  return (
    <section className={styles.bar} aria-label={m.ui_unsaved()}>
      {error ? <ErrorNote error={error} /> : null}
      <div className={styles.row}>
        <p className={styles.changes} aria-live="polite">
          <strong>{m.ui_changed()}</strong> {changes.join(', ')}
        </p>
        <Button variant="quiet" onPress={onDiscard} isDisabled={isPending}>
          {m.ui_discard()}
        </Button>
        <Button variant="primary" onPress={onSave} isPending={isPending} shortcut="Mod+S">
          {m.ui_save()}
        </Button>
      </div>
    </section>
  )
}
