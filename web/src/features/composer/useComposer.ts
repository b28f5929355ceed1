import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react'
import { keys } from '@/api/keys'
import type { Interaction, Message, Suggestions } from '@/api/types'
import { useProvide } from '@/commands/context'
import { type Over, useOver } from '@/features/interactions/can'
import { useSession } from '@/features/signin/session'
import { useNow } from '@/lib/clock'
import { useStateOf } from '@/lib/useStateOf'
import { compose } from './compose'
import { type Draft, drafts, useDraft } from './drafts'
import { attach, attachVoice, chooseFile, detach } from './files/attach'
import { captionLimit, takesCaption } from './files/picked'
import { isRefused, useUpload } from './files/uploads'
import { characters, type Mark, textLimit, wrap } from './format'
import { replaceText } from './replace'
import { setStale, useStale } from './stale'
import type { Mention } from './suggest/mentions'
import { gapsIn } from './suggest/tokens'
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
  /** The most characters of what is written now. */
  limit: number
  /** What the account's provider can do. */
  over: Over
  /** Whether what is written stands under the file. */
  hasCaption: boolean
  /** Whether files can go with it: not with a note. */
  mayAttach: boolean
  attach: (files: readonly File[]) => void
  detach: () => void
  isRecording: boolean
  setRecording: (isRecording: boolean) => void
  record: (blob: Blob) => void
  /** Puts a text where these characters stand, as if it were typed. */
  replace: (from: number, to: number, text: string) => void
  mention: (one: Mention) => void
  openCanned: () => void
  dialog: ComposerDialog | null
  setDialog: (dialog: ComposerDialog | null) => void
}

/** What is asked before something is done with the text. */
export type ComposerDialog = 'later' | 'save'

/** What commands may ask of the composer while it is on screen. */
export interface ComposerHandle {
  mayNote: boolean
  focus: () => void
  hasFocus: () => boolean
  toggleNote: () => void
  mark: (mark: Mark) => void
  openEmoji: () => void
  mayAttach: boolean
  /** Asks which file. */
  chooseFile: () => void
  record: () => void
  /** Begins to look for a canned answer. */
  openCanned: () => void
  /** Whether there is a text to the customer that could be sent. */
  hasText: () => boolean
  open: (dialog: ComposerDialog) => void
}

declare module '@/commands/registry' {
  interface Context {
    composer?: ComposerHandle
  }
}

export function useComposer(interaction: Interaction): ComposerState {
  const client = useQueryClient()
  const { settings, user } = useSession()
  const { id } = interaction
  const draft = useDraft(id)
  const stale = useStale(id)
  const inputRef = useRef<HTMLTextAreaElement>(null)
  const [isEmojiOpen, setEmojiOpen] = useStateOf(id, false)
  const [dialog, setDialog] = useStateOf<ComposerDialog | null>(id, null)
  // The window may close while one writes.
  const { hindrance } = writing(interaction, user.id, useNow(10_000))
  const mayNote = interaction.may.note
  const isNote = draft.isNote && mayNote
  const canWrite = isNote || hindrance === null
  const length = characters(draft.text.trim())
  const mayAttach = !isNote && hindrance === null
  const file = mayAttach ? draft.file : null
  const over = useOver(interaction.account.id)
  const { can } = over
  const hasCaption = file !== null && takesCaption(file.kind, can)
  const limit = isNote
    ? textLimit
    : hasCaption
      ? Math.min(captionLimit, can?.caption_limit ?? captionLimit)
      : Math.min(textLimit, can?.text_limit ?? textLimit)
  const isFileRefused = isRefused(useUpload(file?.id))
  const canSend = canWrite && !isFileRefused && (length > 0 || file !== null) && length <= limit
  const [isRecording, setRecording] = useStateOf(id, false)
  const deskLimit = settings.attachment_limit_bytes

  useFocusOnQuote(id, draft.quote, inputRef)

  // Where it was not looked up, the server says it when it is sent.
  const known = () => client.getQueryData<Suggestions>(keys.suggestions(id))?.placeholders ?? []

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
      mayAttach,
      chooseFile: () => chooseFile(files => void attach(id, files, deskLimit)),
      record: () => setRecording(true),
      openCanned: () => {
        const input = inputRef.current
        if (!input) return
        const { value: text, selectionStart: start, selectionEnd: end } = input
        const sign = start === 0 || /\s$/.test(text.slice(0, start)) ? '/' : ' /'
        const at = start + sign.length
        replaceText(input, { text: text.slice(0, start) + sign + text.slice(end), start: at, end: at })
      },
      hasText: () => {
        const { text, isNote, file } = drafts.get(id)
        return !isNote && file === null && text.trim() !== ''
      },
      open: setDialog,
    }
  }, [id, mayNote, mayAttach, deskLimit, setEmojiOpen, setDialog, setRecording])
  useProvide(useMemo(() => ({ composer: handle }), [handle]))

  // The same between renders: a key must not draw the buttons anew.
  const insert = useCallback(
    (text: string) => {
      const input = inputRef.current
      if (!input) return drafts.change(id, { text: drafts.get(id).text + text })
      const { value, selectionStart, selectionEnd } = input
      const at = selectionStart + text.length
      replaceText(input, {
        text: value.slice(0, selectionStart) + text + value.slice(selectionEnd),
        start: at,
        end: at,
      })
    },
    [id],
  )
  const setNote = useCallback(
    (note: boolean) => {
      drafts.change(id, { isNote: note })
      setTimeout(() => inputRef.current?.focus())
    },
    [id],
  )
  const attachFiles = useCallback(
    (files: readonly File[]) => {
      void attach(id, files, deskLimit)
      inputRef.current?.focus()
    },
    [id, deskLimit],
  )

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
    insert,
    setNote,
    dropQuote: () => {
      drafts.change(id, { quote: null })
      inputRef.current?.focus()
    },
    replace: (from, to, text) => {
      const input = inputRef.current
      if (!input) return
      const { value } = input
      const next = value.slice(0, from) + text + value.slice(to)
      const gap = gapsIn(next, known()).find(one => one.from >= from)
      const end = from + text.length
      replaceText(input, { text: next, start: gap?.from ?? end, end: gap?.to ?? end })
    },
    limit,
    over,
    hasCaption,
    mayAttach,
    attach: attachFiles,
    detach: () => {
      detach(id)
      inputRef.current?.focus()
    },
    isRecording: isRecording && mayAttach,
    setRecording,
    record: blob => {
      setRecording(false)
      attachVoice(id, blob, deskLimit)
      setTimeout(() => inputRef.current?.focus())
    },
    mention: one => drafts.change(id, { mentions: [...drafts.get(id).mentions, one] }),
    openCanned: handle.openCanned,
    dialog,
    setDialog,
    send: (confirm = false) => {
      if (!canSend || (stale && !isNote && !confirm)) return
      const [gap] = isNote ? [] : gapsIn(draft.text, known())
      if (gap) {
        inputRef.current?.focus()
        inputRef.current?.setSelectionRange(gap.from, gap.to)
        return
      }
      compose(client, interaction, { ...draft, isNote }, confirm, can)
      inputRef.current?.focus()
    },
  }
}

/** Whoever answers a message wants to write next; coming back to a tab is no such wish. */
function useFocusOnQuote(
  id: number,
  quote: Message | null,
  inputRef: RefObject<HTMLTextAreaElement | null>,
): void {
  const known = useRef({ id, quote: quote?.id })
  useEffect(() => {
    const before = known.current
    known.current = { id, quote: quote?.id }
    if (before.id === id && quote && quote.id !== before.quote) inputRef.current?.focus()
  }, [id, quote, inputRef])
}
