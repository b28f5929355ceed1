import type { Searched } from '@/features/conditions/AdvancedDialog'
import type { Subject } from '@/features/conditions/fields'
import { conditionsAt, hiddenIn, without } from '@/features/conditions/hidden'
import { useSources } from '@/features/conditions/useSources'
import { words } from '@/features/conditions/words'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { ErrorNote } from '@/ui/ErrorNote'
import { Note } from '@/ui/Note'
import styles from './Grid.module.css'

export interface Props<S extends Searched> {
  about: Subject
  error: unknown
  search: S
  onChange: (search: S) => void
  onRetry: () => void
}

/** Why there are no rows; where it is a condition on what is hidden, which it is and the way without it. */
export default function Refused<S extends Searched>(props: Props<S>) {
  const { about, error, search, onChange, onRetry } = props
  const sources = useSources(about)
  const places = hiddenIn(error)
  const { expression } = search
  if (!expression || places.length === 0) {
    return (
      <div className={styles.state}>
        <ErrorNote error={error} onRetry={onRetry} />
      </div>
    )
  }
  const names = conditionsAt(expression, places).map(one => words(one, sources))
  return (
    <div className={styles.state}>
      <Note
        tone="warning"
        action={
          <Button
            size="small"
            onPress={() => onChange({ ...search, expression: without(expression, places) })}
          >
            {m.advanced_refused_remove()}
          </Button>
        }
      >
        {m.advanced_refused({ names: [...new Set(names)].join(' · ') })}
      </Note>
    </div>
  )
}
