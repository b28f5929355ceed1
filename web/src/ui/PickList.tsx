import { Check } from 'lucide-react'
import type { ReactElement } from 'react'
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Text } from 'react-aria-components/Text'
import { m } from '@/i18n'
import { cx } from './cx'
import overlay from './Overlay.module.css'
import styles from './PickList.module.css'
import { Popover } from './Popover'
import { SearchField } from './SearchField'
import type { SelectOption } from './Select'

interface Props<K extends string | number> {
  label: string
  /** The button that opens it. */
  trigger: ReactElement
  options: readonly SelectOption<K>[]
  value: readonly K[]
  onChange: (value: Set<string | number>) => void
}

/** Several of many, behind a search, in a popover. */
export function PickList<K extends string | number>({ trigger, label, options, value, onChange }: Props<K>) {
  const { contains } = useFilter({ sensitivity: 'base' })
  return (
    <Popover label={label} className={styles.popover ?? ''} trigger={trigger}>
      <Autocomplete filter={contains}>
        <SearchField label={m.ui_search()} autoFocus />
        <ListBox
          className={cx(overlay.list, styles.list)}
          aria-label={label}
          items={options}
          selectionMode="multiple"
          // Escape leaves; what was chosen stays chosen.
          escapeKeyBehavior="none"
          selectedKeys={value}
          onSelectionChange={keys => onChange(new Set(keys === 'all' ? options.map(({ id }) => id) : keys))}
          renderEmptyState={() => <p className={styles.none}>{m.ui_nothing_found()}</p>}
        >
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
        </ListBox>
      </Autocomplete>
    </Popover>
  )
}
