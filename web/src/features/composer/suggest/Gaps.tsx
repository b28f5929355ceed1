import { useQuery } from '@tanstack/react-query'
import { suggestionsQuery } from '@/api/queries'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import styles from '../Composer.module.css'
import { gapsIn, type Token, tokensIn } from './tokens'

interface Props {
  interactionId: number
  text: string
  onSelect: (gap: Token) => void
}

/** Placeholders that nothing is known for here: with them the message is not sent. */
export function Gaps({ interactionId, text, onSelect }: Props) {
  const { data } = useQuery({ ...suggestionsQuery(interactionId), enabled: tokensIn(text).length > 0 })
  const gaps = gapsIn(text, data?.placeholders ?? [])
  if (gaps.length === 0) return null
  return (
    <p className={styles.gaps} role="status">
      <span>{m.suggest_gaps()}</span>
      {gaps.map(gap => (
        <Button key={gap.from} size="small" onPress={() => onSelect(gap)}>
          {text.slice(gap.from, gap.to)}
        </Button>
      ))}
    </p>
  )
}
