import { Check, Plus, X } from 'lucide-react'
import { useId } from 'react'
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete'
import { Button as AriaButton } from 'react-aria-components/Button'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Tag, TagGroup, TagList } from 'react-aria-components/TagGroup'
import { Text } from 'react-aria-components/Text'
import { m } from '@/i18n'
import { Button } from './Button'
import { cx } from './cx'
import type { FieldProps } from './Field'
import styles from './Field.module.css'
import overlay from './Overlay.module.css'
import own from './PickMany.module.css'
import { Popover } from './Popover'
import { SearchField } from './SearchField'
import type { SelectOption } from './Select'

interface Props extends FieldProps {
  options: readonly SelectOption<number>[]
  value: readonly number[]
  onChange: (value: number[]) => void
  /** Stands in place of the tags while nothing is chosen. */
  empty: string
  isDisabled?: boolean
}

/** Several of many: what is chosen as tags, the rest behind a search. The order is that of choosing. */
export function PickMany({ label, description, error, options, value, onChange, empty, isDisabled }: Props) {
  const { contains } = useFilter({ sensitivity: 'base' })
  const errorId = useId()
  const byId = new Map(options.map(option => [option.id, option]))
  // Something chosen that is no longer among the options must not vanish unseen.
  const chosen = value.map(id => byId.get(id) ?? { id, label: `#${id}` })
  return (
    <div className={styles.field}>
      <span className={own.head}>
        <span className={styles.label}>{label}</span>
        <Popover
          label={label}
          className={own.popover ?? ''}
          trigger={
            <Button
              size="small"
              variant="quiet"
              icon={Plus}
              aria-label={m.ui_add_to({ label })}
              isDisabled={isDisabled}
            >
              {m.ui_add()}
            </Button>
          }
        >
          <Autocomplete filter={contains}>
            <SearchField label={m.ui_search()} autoFocus />
            <ListBox
              className={cx(overlay.list, own.list)}
              aria-label={label}
              items={options}
              selectionMode="multiple"
              // Escape leaves; what was chosen stays chosen.
              escapeKeyBehavior="none"
              selectedKeys={value}
              onSelectionChange={keys => onChange(reselect(value, options, keys))}
              renderEmptyState={() => <p className={own.none}>{m.ui_nothing_found()}</p>}
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
      </span>
      <div className={cx(styles.box, own.box)} data-invalid={error ? true : undefined}>
        <TagGroup
          aria-label={label}
          aria-describedby={error ? errorId : undefined}
          className={own.group ?? ''}
          {...(isDisabled ? {} : { onRemove: keys => onChange(value.filter(id => !keys.has(id))) })}
        >
          <TagList className={own.tags ?? ''} items={chosen} renderEmptyState={() => empty}>
            {option => (
              <Tag className={own.tag ?? ''} id={option.id} textValue={option.label}>
                {option.label}
                {!isDisabled && (
                  <AriaButton slot="remove" className={own.remove ?? ''}>
                    <X size={12} aria-hidden="true" />
                  </AriaButton>
                )}
              </Tag>
            )}
          </TagList>
        </TagGroup>
      </div>
      {description && <p className={styles.description}>{description}</p>}
      {error && (
        <p id={errorId} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  )
}

type Keys = 'all' | Iterable<string | number>

/** What was chosen stays where it was; what is new comes last. */
function reselect(value: readonly number[], options: readonly SelectOption<number>[], keys: Keys): number[] {
  const now = new Set(keys === 'all' ? options.map(({ id }) => id) : [...keys].map(Number))
  return [...value.filter(id => now.has(id)), ...[...now].filter(id => !value.includes(id))]
}
