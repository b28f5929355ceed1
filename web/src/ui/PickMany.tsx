import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Tag, TagGroup, TagList } from 'react-aria-components/TagGroup'
import { m } from '@/i18n'
import { Button } from './Button'
import { cx } from './cx'
import type { FieldProps } from './Field'
import styles from './Field.module.css'
import { PickList } from './PickList'
import own from './PickMany.module.css'
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
  const errorId = useId()
  const byId = new Map(options.map(option => [option.id, option]))
  // Something chosen that is no longer among the options must not vanish unseen.
  const chosen = value.map(id => byId.get(id) ?? { id, label: `#${id}` })
  return (
    <div className={styles.field}>
      <span className={own.head}>
        <span className={styles.label}>{label}</span>
        <PickList
          label={label}
          options={options}
          value={value}
          onChange={keys => onChange(reselect(value, keys))}
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
        />
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

/** What was chosen stays where it was; what is new comes last. */
function reselect(value: readonly number[], keys: Set<string | number>): number[] {
  const now = new Set([...keys].map(Number))
  return [...value.filter(id => now.has(id)), ...[...now].filter(id => !value.includes(id))]
}
