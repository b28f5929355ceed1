import { type KeyboardEvent, useRef } from 'react'
import type { Interaction } from '@/api/types'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { live } from '@/live'
import styles from './Composer.module.css'
import type { ComposerState } from './useComposer'

/** "Marta is writing" is believed for five seconds. */
const whisperEveryMs = 3_000

interface Props {
  interaction: Interaction
  composer: ComposerState
}

/** The text itself: grows with it to eight lines. */
export function Box({ interaction, composer }: Props) {
  const { draft, isNote, canWrite, inputRef } = composer
  const whispered = useRef(0)
  const name = customerName(interaction)
  const change = (text: string) => {
    composer.setText(text)
    if (text && Date.now() - whispered.current > whisperEveryMs) {
      whispered.current = Date.now()
      live.typing(interaction.id)
    }
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      if (draft.quote && !isNote) composer.dropQuote()
      else event.currentTarget.blur()
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      const isAsked = event.ctrlKey || event.metaKey
      // On a phone there is no Shift to break a line with; there the button sends.
      if (isTouch() && !isAsked) return
      event.preventDefault()
      composer.send(isAsked && composer.stale !== null)
    }
  }
  return (
    <div className={styles.grow} data-text={`${draft.text}\n`}>
      <textarea
        ref={inputRef}
        className={styles.input}
        rows={1}
        value={draft.text}
        readOnly={!canWrite}
        aria-label={isNote ? m.composer_note_label({ name }) : m.composer_label({ name })}
        placeholder={isNote ? m.composer_note_placeholder() : m.composer_placeholder()}
        enterKeyHint={isTouch() ? 'enter' : 'send'}
        dir="auto"
        onChange={event => change(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches
}
