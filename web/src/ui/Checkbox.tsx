import { Check, Minus } from 'lucide-react'
import { CheckboxButton, CheckboxField, type CheckboxFieldProps } from 'react-aria-components/Checkbox'
import { FieldHelp, type FieldProps } from './Field'
import styles from './Toggle.module.css'

interface Props
  extends Omit<CheckboxFieldProps, 'className' | 'style' | 'children' | 'validate'>,
    Pick<FieldProps, 'description' | 'error' | 'hideLabel'> {
  label: string
}

export function Checkbox({ label, hideLabel, description, error, ...rest }: Props) {
  return (
    <CheckboxField
      validationBehavior="aria"
      {...rest}
      isInvalid={Boolean(error)}
      className={styles.field ?? ''}
    >
      <CheckboxButton className={styles.row ?? ''}>
        {({ isIndeterminate }) => (
          <>
            <span className={styles.box}>
              {isIndeterminate ? (
                <Minus size={12} strokeWidth={3} aria-hidden="true" />
              ) : (
                <Check size={12} strokeWidth={3} aria-hidden="true" />
              )}
            </span>
            <span className={hideLabel ? 'visually-hidden' : undefined}>{label}</span>
          </>
        )}
      </CheckboxButton>
      <div className={styles.help}>
        <FieldHelp description={description} error={error} />
      </div>
    </CheckboxField>
  )
}
