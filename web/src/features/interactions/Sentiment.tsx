import { Annoyed, Frown, type LucideIcon, Meh, Smile } from 'lucide-react'
import type { Sentiment } from '@/api/types'
import { m } from '@/i18n/pages'
import { Pill, type Tone } from '@/ui/Pill'

export const sentiments = ['positive', 'neutral', 'mixed', 'negative'] as const satisfies readonly Sentiment[]

const looks: Record<Sentiment, { tone: Tone; icon: LucideIcon }> = {
  positive: { tone: 'success', icon: Smile },
  neutral: { tone: 'muted', icon: Meh },
  mixed: { tone: 'warning', icon: Annoyed },
  negative: { tone: 'danger', icon: Frown },
}

export function sentimentWords(sentiment: Sentiment): string {
  const words: Record<Sentiment, () => string> = {
    positive: m.sentiment_positive,
    neutral: m.sentiment_neutral,
    mixed: m.sentiment_mixed,
    negative: m.sentiment_negative,
  }
  return words[sentiment]()
}

/** What most of the customer's words sound like. */
export function SentimentMark({ sentiment }: { sentiment: Sentiment }) {
  return <Pill {...looks[sentiment]}>{sentimentWords(sentiment)}</Pill>
}
