import { type ReactNode, useState } from 'react'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import styles from './Content.module.css'

/** What is longer than a screen or two is folded until one asks for the rest. */
export function Fold({ text, children }: { text: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  if (!isLong(text)) return children
  return (
    <>
      <div className={isOpen ? undefined : styles.folded}>{children}</div>
      <Button size="small" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        {isOpen ? m.conversation_text_less() : m.conversation_text_all()}
      </Button>
    </>
  )
}

function isLong(text: string): boolean {
  return text.length > 3_000 || text.split('\n', 41).length > 40
}
