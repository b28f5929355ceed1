import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import styles from './Field.module.css'

/** What every field has around its control. */
export interface FieldProps {
  label: string
  /** The label is there for screen readers only. */
  hideLabel?: boolean | undefined
  description?: ReactNode
  /** What is wrong with this field. */
  error?: string | undefined
}

export function FieldLabel({ label, hideLabel }: FieldProps) {
  return <Label className={hideLabel ? 'visually-hidden' : styles.label}>{label}</Label>
}

export function FieldHelp({ description, error }: Pick<FieldProps, 'description' | 'error'>) {
  return (
    <>
      {description && (
        <Text slot="description" className={styles.description}>
          {description}
        </Text>
      )}
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </>
  )
}
