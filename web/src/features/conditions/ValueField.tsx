import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { sentiments } from '@/features/interactions/Sentiment'
import { m } from '@/i18n/pages'
import { PickList } from '@/ui/PickList'
import { Select } from '@/ui/Select'
import styles from './Advanced.module.css'
import type { DraftCondition } from './draft'
import { type FieldName, fieldOf, me, origins, ownOf, states, ways } from './fields'
import { choiceWords, fieldWords, type Sources } from './words'

interface Props {
  condition: DraftCondition
  sources: Sources
  onChange: (next: DraftCondition) => void
}

/** What is looked for: the field that fits the kind. */
export function ValueField({ condition, sources, onChange }: Props) {
  const { field, op, text, until, isOn } = condition
  const { kind } = fieldOf(field, sources.own)
  const name = fieldWords(field, sources)
  const label = m.advanced_value_of({ field: name })
  if (op === 'empty' || op === 'filled') return <span />
  if (kind === 'flag') {
    return (
      <Select
        size="small"
        label={label}
        hideLabel
        options={[
          { id: 'yes', label: m.advanced_yes() },
          { id: 'no', label: m.advanced_no() },
        ]}
        value={isOn ? 'yes' : 'no'}
        onChange={value => onChange({ ...condition, isOn: value === 'yes' })}
      />
    )
  }
  if (op === 'any_of' || op === 'none_of') {
    return <Choices condition={condition} sources={sources} label={label} onChange={onChange} />
  }
  const isDay = kind === 'date' && op !== 'last_days'
  const isNumber = kind === 'number' || kind === 'decimal' || op === 'last_days'
  const type = isDay ? 'date' : isNumber ? 'number' : 'text'
  const input = (value: string, label: string, set: (value: string) => void) => (
    <input
      className={styles.input}
      type={type}
      step={kind === 'decimal' ? 'any' : undefined}
      aria-label={label}
      value={value}
      maxLength={type === 'text' ? 200 : undefined}
      onChange={event => set(event.target.value)}
    />
  )
  return (
    <span className={styles.value}>
      {input(text, label, next => onChange({ ...condition, text: next }))}
      {op === 'last_days' && <span>{m.advanced_days_unit()}</span>}
      {op === 'between' && (
        <>
          <span aria-hidden="true">–</span>
          {input(until, m.advanced_until_of({ field: name }), next =>
            onChange({ ...condition, until: next }),
          )}
        </>
      )}
    </span>
  )
}

/** Several of what it can be, behind a search. */
function Choices({ condition, sources, label, onChange }: Props & { label: string }) {
  const { field, chosen } = condition
  const options = optionsOf(field, chosen, sources)
  const said = chosen.map(choice => choiceWords(field, choice, sources)).join(', ')
  return (
    <PickList
      label={label}
      options={options}
      value={chosen.map(keyOf)}
      onChange={keys =>
        onChange({ ...condition, chosen: options.filter(({ id }) => keys.has(id)).map(one => one.value) })
      }
      trigger={
        <Button className={styles.choices ?? ''} aria-label={said ? `${label}: ${said}` : label}>
          <span className={said ? undefined : styles.empty}>{said || m.advanced_choose()}</span>
          <ChevronDown size={16} strokeWidth={1.75} aria-hidden="true" />
        </Button>
      }
    />
  )
}

const keyOf = (choice: number | string) => String(choice)

/** What one can choose, and what is chosen though it is no longer there. */
function optionsOf(field: FieldName, chosen: DraftCondition['chosen'], sources: Sources) {
  const { kind, source } = fieldOf(field, sources.own)
  const values: (number | string)[] =
    kind === 'states'
      ? [...states]
      : kind === 'ways'
        ? [...ways]
        : kind === 'sentiments'
          ? [...sentiments]
          : kind === 'origins'
            ? [...origins]
            : kind === 'choices'
              ? [...(ownOf(field, sources.own)?.options ?? [])]
              : [...(kind === 'agents' ? [me] : []), ...(source ? sources[source].map(({ id }) => id) : [])]
  const all = [...values, ...chosen.filter(choice => !values.includes(choice))]
  return all.map(value => ({ id: keyOf(value), value, label: choiceWords(field, value, sources) }))
}
