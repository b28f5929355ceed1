import { Minus, Plus } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Group } from 'react-aria-components/Group'
import { Input } from 'react-aria-components/Input'
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaProps,
} from 'react-aria-components/NumberField'
import { cx } from './cx'
import { FieldHelp, FieldLabel, type FieldProps } from './Field'
import styles from './Field.module.css'
import own from './NumberField.module.css'

export interface NumberFieldProps
  extends Omit<AriaProps, 'className' | 'style' | 'children' | 'validate'>,
    FieldProps {
  /** Printed behind the number: "s", "MB". */
  unit?: string
  className?: string
}

export function NumberField({
  label,
  hideLabel,
  description,
  error,
  unit,
  className,
  ...rest
}: NumberFieldProps) {
  return (
    <AriaNumberField
      validationBehavior="aria"
      {...rest}
      isInvalid={Boolean(error)}
      className={cx(styles.field, className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <Group className={cx(styles.box, own.box)}>
        <Input className={cx(styles.input, 'numbers')} />
        {unit && <span className={own.unit}>{unit}</span>}
        <Button slot="decrement" className={own.step ?? ''}>
          <Minus size={14} aria-hidden="true" />
        </Button>
        <Button slot="increment" className={own.step ?? ''}>
          <Plus size={14} aria-hidden="true" />
        </Button>
      </Group>
      <FieldHelp description={description} error={error} />
    </AriaNumberField>
  )
}
