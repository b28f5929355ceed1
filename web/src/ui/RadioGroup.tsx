import {
  type RadioGroupProps as AriaProps,
  RadioGroup as AriaRadioGroup,
  RadioButton,
  RadioField,
} from 'react-aria-components/RadioGroup'
import { Text } from 'react-aria-components/Text'
import { cx } from './cx'
import { FieldHelp, FieldLabel, type FieldProps } from './Field'
import fieldStyles from './Field.module.css'
import own from './RadioGroup.module.css'
import type { SelectOption } from './Select'
import styles from './Toggle.module.css'

interface Props<K extends string>
  extends Omit<AriaProps, 'className' | 'style' | 'children' | 'value' | 'onChange' | 'validate'>,
    FieldProps {
  options: readonly SelectOption<K>[]
  value: K
  onChange: (value: K) => void
}

/** One of a few that each need a sentence; where a word is enough, use Select. */
export function RadioGroup<K extends string>({
  label,
  hideLabel,
  description,
  error,
  options,
  value,
  onChange,
  ...rest
}: Props<K>) {
  return (
    <AriaRadioGroup
      validationBehavior="aria"
      {...rest}
      value={value}
      onChange={chosen => {
        const option = options.find(({ id }) => id === chosen)
        if (option) onChange(option.id)
      }}
      isInvalid={Boolean(error)}
      className={cx(fieldStyles.field, own.group)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <FieldHelp description={description} error={error} />
      {options.map(option => (
        <RadioField key={option.id} value={option.id} className={styles.field ?? ''}>
          <RadioButton className={styles.row ?? ''}>
            <span className={cx(styles.box, own.dot)} />
            {option.label}
          </RadioButton>
          {option.description && (
            <Text slot="description" className={cx(styles.help, fieldStyles.description)}>
              {option.description}
            </Text>
          )}
        </RadioField>
      ))}
    </AriaRadioGroup>
  )
}
