import type { LucideIcon } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { Input } from 'react-aria-components/Input'
import { type TextFieldProps as AriaProps, TextField as AriaTextField } from 'react-aria-components/TextField'
import { cx } from './cx'
import { FieldHelp, FieldLabel, type FieldProps } from './Field'
import styles from './Field.module.css'

export interface TextFieldProps
  extends Omit<AriaProps, 'className' | 'style' | 'children' | 'validate'>,
    FieldProps {
  placeholder?: string
  icon?: LucideIcon
  /** Stands inside the box, after the text: a unit, a button. */
  suffix?: ReactNode
  className?: string
  inputRef?: Ref<HTMLInputElement>
}

export function TextField({
  label,
  hideLabel,
  description,
  error,
  placeholder,
  icon: Icon,
  suffix,
  className,
  inputRef,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField
      validationBehavior="aria"
      {...rest}
      isInvalid={Boolean(error)}
      className={cx(styles.field, className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <div className={styles.box}>
        {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
        <Input ref={inputRef} className={styles.input ?? ''} placeholder={placeholder} />
        {suffix && <span className={styles.affix}>{suffix}</span>}
      </div>
      <FieldHelp description={description} error={error} />
    </AriaTextField>
  )
}
