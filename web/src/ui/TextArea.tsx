import type { Ref } from 'react'
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea'
import { type TextFieldProps as AriaProps, TextField as AriaTextField } from 'react-aria-components/TextField'
import { cx } from './cx'
import { FieldHelp, FieldLabel, type FieldProps } from './Field'
import styles from './Field.module.css'

export interface TextAreaProps
  extends Omit<AriaProps, 'className' | 'style' | 'children' | 'validate'>,
    FieldProps {
  placeholder?: string
  rows?: number
  className?: string
  inputRef?: Ref<HTMLTextAreaElement>
}

export function TextArea({
  label,
  hideLabel,
  description,
  error,
  placeholder,
  rows = 3,
  className,
  inputRef,
  ...rest
}: TextAreaProps) {
  return (
    <AriaTextField
      validationBehavior="aria"
      {...rest}
      isInvalid={Boolean(error)}
      className={cx(styles.field, className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <div className={styles.box}>
        <AriaTextArea
          ref={inputRef}
          className={cx(styles.input, styles.area)}
          placeholder={placeholder}
          rows={rows}
        />
      </div>
      <FieldHelp description={description} error={error} />
    </AriaTextField>
  )
}
