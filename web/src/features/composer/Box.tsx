import { type KeyboardEvent, Suspense, useRef, useState } from 'react'
import { api } from '@/api/client'
import type { Interaction } from '@/api/types'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { live } from '@/live'
import { later } from '@/ui/later'
import styles from './Composer.module.css'
import type { ListKey } from './suggest/Suggest'
import { type Trigger, triggerAt } from './suggest/trigger'
import type { ComposerState } from './useComposer'

const Suggest = later(() => import('./suggest/Suggest'))

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
  const [trigger, setTrigger] = useState<Trigger | null>(null)
  // Put away with Escape, a list stays away until its sign is typed anew.
  const dismissed = useRef<number | null>(null)
  const listKey = useRef<ListKey | null>(null)
  const look = (input: HTMLTextAreaElement) => {
    const { value, selectionStart: start, selectionEnd: end } = input
    const found = start === end ? triggerAt(value, start, isNote) : null
    if (found?.from !== dismissed.current) dismissed.current = null
    const next = dismissed.current === null ? found : null
    if (next || trigger) setTrigger(next)
  }
  const insert = (found: Trigger, text: string) => {
    setTrigger(null)
    composer.replace(found.from, found.to, text)
    // What was put in is no search, though it may hold the sign.
    setTrigger(null)
  }
  const change = (text: string) => {
    composer.setText(text)
    if (text && Date.now() - whispered.current > whisperEveryMs) {
      whispered.current = Date.now()
      live.typing(interaction.id)
    }
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (trigger && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (event.key === 'Escape') {
        dismissed.current = trigger.from
        setTrigger(null)
        event.preventDefault()
        return
      }
      // Until the list is there, Enter must not send what was only looked for.
      if (listKey.current ? listKey.current(event.key) : event.key === 'Enter') {
        event.preventDefault()
        return
      }
    }
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
    <>
      {trigger && (
        <Suspense>
          <Suggest
            interactionId={interaction.id}
            trigger={trigger}
            keyRef={listKey}
            inputRef={inputRef}
            onCanned={one => {
              insert(trigger, one.text)
              // Which come first the next time is not worth a word when it fails.
              void api.post(`/canned_answers/${one.id}/uses`, {}).catch(() => {})
            }}
            onColleague={one => {
              composer.mention({ id: one.id, name: one.name })
              insert(trigger, `@${one.name} `)
            }}
          />
        </Suspense>
      )}
      <div className={styles.grow} data-text={`${draft.text}\n`}>
        <textarea
          ref={inputRef}
          className={styles.input}
          rows={1}
          value={draft.text}
          readOnly={!canWrite}
          aria-label={isNote ? m.composer_note_label({ name }) : m.composer_label({ name })}
          placeholder={placeholder(composer)}
          enterKeyHint={isTouch() ? 'enter' : 'send'}
          dir="auto"
          aria-autocomplete="list"
          onChange={event => {
            change(event.target.value)
            look(event.target)
          }}
          onSelect={event => trigger && look(event.currentTarget)}
          onPaste={event => {
            const files = [...event.clipboardData.files]
            // Copied cells come as words and as a picture of them: the words are meant.
            if (files.length === 0 || !composer.mayAttach || event.clipboardData.getData('text/plain')) return
            event.preventDefault()
            composer.attach(files)
          }}
          onBlur={() => setTrigger(null)}
          onKeyDown={onKeyDown}
        />
      </div>
    </>
  )
}

function placeholder({ isNote, hasCaption }: ComposerState): string {
  if (isNote) return m.composer_note_placeholder()
  if (hasCaption) return m.composer_caption_placeholder()
  return m.composer_placeholder()
}

function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches
}
