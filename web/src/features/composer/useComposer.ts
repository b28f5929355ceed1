import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { Interaction, Message } from '@/api/types'
import { useProvide } from '@/commands/context'
import { useSession } from '@/features/signin/session'
import { useNow } from '@/lib/clock'
import { compose } from './compose'
import { type Draft, drafts, useDraft } from './drafts'
import { characters, type Mark, textLimit, wrap } from './format'
import { replaceText } from './replace'
import { setStale, useStale } from './stale'
import { type Hindrance, writing } from './writing'

export interface ComposerState {
  draft: Draft
  isNote: boolean
  /** Why the customer cannot be written to; a note may still be possible. */
  hindrance: Hindrance | null
  mayNote: boolean
  /** Whether there is anything one could write now. */
  canWrite: boolean
  canSend: boolean
  stale: readonly Message[] | null
  inputRef: RefObject<HTMLTextAreaElement | null>
  isEmojiOpen: boolean
  setEmojiOpen: (isOpen: boolean) => void
  setText: (text: string) => void
  insert: (text: string) => void
  setNote: (isNote: boolean) => void
  dropQuote: () => void
  send: (confirm?: boolean) => void
}

/** What commands may ask of the composer while it is on screen. */
export interface ComposerHandle {
  mayNote: boolean
  focus: () => void
  hasFocus: () => boolean
  toggleNote: () => void
  mark: (mark: Mark) => void
  openEmoji: () => void
}

declare module '@/commands/registry' {
  interface Context {
    composer?: ComposerHandle
  }
}

export function useComposer(interaction: Interaction): ComposerState {
  const client = useQueryClient()
  const myId = useSession().user.id
  const { id } = interaction
  const draft = useDraft(id)
  const stale = useStale(id)
  const inputRef = useRef<HTMLTextAreaElement>(null)
  const [isEmojiOpen, setEmojiOpen] = useState(false)
  // The window may close while one writes.
  const { hindrance } = writing(interaction, myId, useNow(10_000))
  const mayNote = interaction.may.note
  const isNote = draft.isNote && mayNote
  const canWrite = isNote || hindrance === null
  const length = characters(draft.text.trim())
  const canSend = canWrite && length > 0 && length <= textLimit

  useFocusOnQuote(draft.quote, inputRef)

  const handle = useMemo<ComposerHandle>(() => {
    const focus = () => inputRef.current?.focus()
    return {
      mayNote,
      focus,
      hasFocus: () => inputRef.current !== null && document.activeElement === inputRef.current,
      toggleNote: () => {
        drafts.change(id, { isNote: !drafts.get(id).isNote })
        // The box may only now come to be.
        setTimeout(focus)
      },
      mark: mark => {
        const input = inputRef.current
        if (!input) return
        const { value: text, selectionStart: start, selectionEnd: end } = input
        replaceText(input, wrap({ text, start, end }, mark))
      },
      openEmoji: () => setEmojiOpen(true),
    }
  }, [id, mayNote])
  useProvide(useMemo(() => ({ composer: handle }), [handle]))

  return {
    draft,
    isNote,
    hindrance,
    mayNote,
    canWrite,
    canSend,
    stale,
    inputRef,
    isEmojiOpen,
    setEmojiOpen,
    setText: text => {
      drafts.change(id, { text })
      // With nothing left to send there is nothing to guard.
      if (!text) setStale(id, null)
    },
    insert: text => {
      const input = inputRef.current
      if (!input) return drafts.change(id, { text: draft.text + text })
      const { value, selectionStart, selectionEnd } = input
      const at = selectionStart + text.length
      replaceText(input, {
        text: value.slice(0, selectionStart) + text + value.slice(selectionEnd),
        start: at,
        end: at,
      })
    },
    setNote: note => {
      drafts.change(id, { isNote: note })
      setTimeout(() => inputRef.current?.focus())
    },
    dropQuote: () => {
      drafts.change(id, { quote: null })
      inputRef.current?.focus()
    },
    send: (confirm = false) => {
      if (!canSend || (stale && !isNote && !confirm)) return
      compose(client, interaction, { ...draft, isNote }, confirm)
      inputRef.current?.focus()
    },
  }
}

/** Whoever answers a message wants to write next; coming back to a tab is no such wish. */
function useFocusOnQuote(quote: Message | null, inputRef: RefObject<HTMLTextAreaElement | null>): void {
  const quoted = useRef(quote?.id)
  useEffect(() => {
    if (quote && quote.id !== quoted.current) inputRef.current?.focus()
    quoted.current = quote?.id
  }, [quote, inputRef])
}
