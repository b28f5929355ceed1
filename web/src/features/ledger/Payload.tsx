import { useMemo } from 'react'
import { m } from '@/i18n/admin'
import styles from './Delivery.module.css'
import { pieces } from './json'

/** The payload, coloured. It is a stranger's text: it only ever becomes text. */
export function Payload({ text }: { text: string }) {
  const parts = useMemo(() => pieces(text), [text])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.payload} tabIndex={0} aria-label={m.ledger_body()}>
      <pre>
        {parts.map(({ kind, text: part }, index) =>
          kind === 'plain' ? (
            part
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
            <span key={index} className={styles[kind]}>
              {part}
            </span>
          ),
        )}
      </pre>
    </section>
  )
}
