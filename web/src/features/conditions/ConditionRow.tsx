import { X } from 'lucide-react'
import { useMemo } from 'react'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { Select } from '@/ui/Select'
import styles from './Advanced.module.css'
import { type DraftCondition, withField } from './draft'
import { type FieldName, fieldNames, type Op, opsOf } from './fields'
import { ValueField } from './ValueField'
import { fieldWords, opWords, type Sources } from './words'

interface Props {
  condition: DraftCondition
  isUnfinished: boolean
  sources: Sources
  /** Null takes it away. */
  onChange: (next: DraftCondition | null) => void
}

/** What of it, how, and what. */
export function ConditionRow({ condition, isUnfinished, sources, onChange }: Props) {
  const { field, op } = condition
  const { own, about } = sources
  const fieldOptions = useMemo(
    () => fieldNames(own, field, about).map(id => ({ id, label: fieldWords(id, sources) })),
    [own, field, about, sources],
  )
  const name = fieldWords(field, sources)
  return (
    <div id={`advanced-${condition.id}`} className={cx(styles.condition, isUnfinished && styles.unfinished)}>
      <Select<FieldName>
        size="small"
        label={m.advanced_field()}
        hideLabel
        options={fieldOptions}
        value={field}
        onChange={next => onChange(withField(condition, next, own))}
      />
      <Select<Op>
        size="small"
        label={m.advanced_op_of({ field: name })}
        hideLabel
        options={opsOf(field, own).map(id => ({ id, label: opWords(field, id, sources) }))}
        value={op}
        onChange={next => onChange({ ...condition, op: next })}
      />
      <ValueField condition={condition} sources={sources} onChange={onChange} />
      <IconButton
        icon={X}
        size="small"
        label={m.advanced_remove({ field: name })}
        onPress={() => onChange(null)}
      />
    </div>
  )
}
