import { Pencil, X } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { Expression } from '@/api/keys'
import { groupOf } from '@/features/conditions/draft'
import { openAdvanced } from '@/features/conditions/state'
import { type Sources, words } from '@/features/conditions/words'
import { m } from '@/i18n/pages'
import styles from './Filters.module.css'

/** What is filtered by, with its way out. */
export function Chip({ words, onRemove }: { words: string; onRemove: () => void }) {
  return (
    <Button
      className={styles.chip ?? ''}
      aria-label={m.interactions_filter_remove({ name: words })}
      onPress={onRemove}
    >
      <span>{words}</span>
      <X size={12} aria-hidden="true" />
    </Button>
  )
}

interface Props {
  expression: Expression
  sources: Sources
  onChange: (next: Expression | undefined) => void
}

/** Of a search of which all must hold, each part by itself; else the whole. */
export function Conditions({ expression, sources, onChange }: Props) {
  const group = groupOf(expression)
  const parts = group?.match === 'all' ? group.members : [expression]
  const without = (index: number): Expression | undefined => {
    const rest = parts.filter((_, other) => other !== index)
    return rest.length > 0 ? { all: rest } : undefined
  }
  return (
    <>
      {parts.map((part, index) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
          key={index}
          words={words(part, sources)}
          onRemove={() => onChange(without(index))}
        />
      ))}
      <Button
        className={styles.clear ?? ''}
        aria-label={m.advanced_edit()}
        onPress={() => openAdvanced(true)}
      >
        <Pencil size={12} aria-hidden="true" />
      </Button>
    </>
  )
}
