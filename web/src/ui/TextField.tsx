import type { LucideIcon } from 'lucide-react'
import { type ReactNode, type Ref, useId } from 'react'
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
  /** Offered while one types; anything else may be typed too. */
  suggestions?: readonly string[]
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
  suggestions,
  className,
  inputRef,
  ...rest
}: TextFieldProps) {
  const listId = useId()
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
        <Input
          ref={inputRef}
          className={styles.input ?? ''}
          placeholder={placeholder}
          {...(suggestions && { list: listId })}
        />
        {suggestions && (
          <datalist id={listId}>
            {suggestions.map(one => (
              <option key={one} value={one} />
            ))}
          </datalist>
        )}
        {suffix && <span className={styles.affix}>{suffix}</span>}
      </div>
      <FieldHelp description={description} error={error} />
    </AriaTextField>
  )
}
