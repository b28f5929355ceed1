import { problemWords } from '@/api/problem'
import { m } from '@/i18n'
import { Button } from './Button'
import { Note } from './Note'

interface Props {
  /** Whatever was thrown; an ApiProblem is worded by its code. */
  error: unknown
  onRetry?: (() => void) | undefined
}

export function ErrorNote({ error, onRetry }: Props) {
  return (
    <Note
      tone="danger"
      action={
        onRetry && (
          <Button size="small" onPress={onRetry}>
            {m.ui_retry()}
          </Button>
        )
      }
    >
      {problemWords(error)}
    </Note>
  )
}
