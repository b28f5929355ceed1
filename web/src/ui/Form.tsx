import type { ReactNode } from 'react'
import { m } from '@/i18n'
import { Button } from './Button'
import { cx } from './cx'
import { ErrorNote } from './ErrorNote'
import fieldStyles from './Field.module.css'
import styles from './Form.module.css'

interface FormSectionProps {
  title: string
  description?: ReactNode
  children: ReactNode
}

/** A group of fields under one heading, 640 px wide; where there is room, help stands beside its field. */
export function FormSection({ title, description, children }: FormSectionProps) {
  return (
    <section className={styles.section}>
      <h2 className={styles.title}>{title}</h2>
      {description && <p className={styles.description}>{description}</p>}
      <div className={cx(styles.fields, fieldStyles.beside)}>{children}</div>
    </section>
  )
}

interface SaveBarProps {
  /** The labels of the fields that differ from what is stored; the bar is there while there are any. */
  changes: readonly string[]
  isPending?: boolean
  error?: unknown
  /** "Create queue"; the bar then is there from the start. */
  create?: string | undefined
  /** What has to be known before saving: somebody else's changes. */
  children?: ReactNode
  onSave: () => void
  onDiscard: () => void
}

/** Says what changed; sticks to the foot of the form. */
export function SaveBar({
  changes,
  isPending = false,
  error,
  create,
  children,
  onSave,
  onDiscard,
}: SaveBarProps) {
  if (changes.length === 0 && !error && !create && !children) return null
  return (
    <section className={styles.bar} aria-label={m.ui_unsaved()}>
      {children}
      {error ? <ErrorNote error={error} /> : null}
      <div className={styles.row}>
        <p className={styles.changes} aria-live="polite" title={changes.join(', ')}>
          {!create && changes.length > 0 && (
            <>
              <strong>{m.ui_changed()}</strong> {changes.join(', ')}
            </>
          )}
        </p>
        <Button variant="quiet" onPress={onDiscard} isDisabled={isPending}>
          {create ? m.ui_cancel() : m.ui_discard()}
        </Button>
        <Button variant="primary" onPress={onSave} isPending={isPending} shortcut="Mod+S">
          {create ?? m.ui_save()}
        </Button>
      </div>
    </section>
  )
}
