import { X } from 'lucide-react'
import type { Message } from '@/api/types'
import { m } from '@/i18n/pages'
import { plainText } from '@/lib/text'
import { IconButton } from '@/ui/IconButton'
import styles from './Composer.module.css'
import { preview } from './compose'

/** The message that the answer quotes. */
export function QuoteChip({ quote, onDrop }: { quote: Message; onDrop: () => void }) {
  return (
    <div className={styles.quote}>
      <div className={styles.quoteWords}>
        <strong>{m.composer_quoting({ name: quote.author.name })}</strong>
        <span>{plainText(preview(quote))}</span>
      </div>
      <IconButton icon={X} size="small" label={m.composer_quote_drop()} shortcut="Escape" onPress={onDrop} />
    </div>
  )
}
