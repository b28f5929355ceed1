import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { ErrorNote } from '@/ui/ErrorNote'
import { Note } from '@/ui/Note'
import { conditionsAt, hiddenIn, without } from './advanced/hidden'
import { useSources } from './advanced/useSources'
import { words } from './advanced/words'
import styles from './InteractionList.module.css'
import type { InteractionSearch } from './search'

interface Props {
  error: unknown
  search: InteractionSearch
  onChange: (search: InteractionSearch) => void
  onRetry: () => void
}

/** Why there are no rows; where it is a condition on what is hidden, which it is and the way without it. */
export default function Refused({ error, search, onChange, onRetry }: Props) {
  const sources = useSources()
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
