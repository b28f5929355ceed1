import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import {
  type SelectProps as AriaProps,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components/Select'
import { Text } from 'react-aria-components/Text'
import { m } from '@/i18n'
import { cx } from './cx'
import { FieldHelp, FieldLabel, type FieldProps } from './Field'
import styles from './Field.module.css'
import overlay from './Overlay.module.css'
import own from './Select.module.css'

export interface SelectOption<K extends string | number> {
  id: K
  label: string
  description?: string
}

export interface SelectProps<K extends string | number>
  extends Omit<
      AriaProps<SelectOption<K>>,
      'className' | 'style' | 'children' | 'items' | 'value' | 'onChange' | 'validate' | 'selectionMode'
    >,
    FieldProps {
  options: readonly SelectOption<K>[]
  value: K | null
  onChange: (value: K) => void
  size?: 'normal' | 'small'
  className?: string
  /** What stands around the list: a search, where there are many. */
  around?: (list: ReactNode) => ReactNode
}

/** One of a few. */
export function Select<K extends string | number>({
  label,
  hideLabel,
  description,
  error,
  options,
  value,
  onChange,
  size = 'normal',
  className,
  around = list => list,
  ...rest
}: SelectProps<K>) {
  return (
    <AriaSelect<SelectOption<K>>
      validationBehavior="aria"
      placeholder={m.ui_choose()}
      {...rest}
      value={value}
      onChange={key => {
        const chosen = options.find(option => option.id === key)
        if (chosen) onChange(chosen.id)
      }}
      isInvalid={Boolean(error)}
      className={cx(styles.field, className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <Button className={cx(styles.box, own.button, size === 'small' && own.small)}>
        <SelectValue className={own.value ?? ''} />
        <ChevronDown size={16} strokeWidth={1.75} aria-hidden="true" />
      </Button>
      <FieldHelp description={description} error={error} />
      <Popover className={cx(overlay.popover, own.popover)} offset={4}>
        {around(
          <ListBox className={overlay.list ?? ''} items={options}>
            {option => (
              <ListBoxItem className={overlay.item ?? ''} id={option.id} textValue={option.label}>
                <span className={overlay.words}>
                  <Text slot="label">{option.label}</Text>
                  {option.description && (
                    <Text slot="description" className={overlay.description}>
                      {option.description}
                    </Text>
                  )}
                </span>
                <Check size={16} className={overlay.check} aria-hidden="true" />
              </ListBoxItem>
            )}
          </ListBox>,
        )}
      </Popover>
    </AriaSelect>
  )
}
