import { useMemo } from 'react'
import { m } from '@/i18n/pages'
import { Formatted, hasFormatting } from '@/lib/text'
import styles from './Composer.module.css'

/** How it will look, once there are marks in it. */
export function Preview({ text, isNote }: { text: string; isNote: boolean }) {
  const isFormatted = useMemo(() => hasFormatting(text), [text])
  if (!isFormatted) return null
  return (
    <figure className={styles.preview} aria-label={m.composer_preview()}>
      {!isNote && <figcaption aria-hidden="true">{m.composer_preview()}</figcaption>}
      <div>
        <Formatted text={text} />
      </div>
    </figure>
  )
}
