// What is typed while a dialog is still on its way is meant for it, not for what lies below: it is kept, and handed to
// the dialog's field when there is one.
export interface Ahead {
  text: string
  /** Enter was pressed. */
  isChosen: boolean
}

let ahead: Ahead = { text: '', isChosen: false }
let stop: (() => void) | undefined

/** A dialog that is not there by then has lost its claim. */
const longestMs = 8_000

/** Keeps what is typed from now on; Escape calls the dialog off. */
export function hold(callOff: () => void): void {
  release()
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, target } = event
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (target instanceof Element && target.closest('[role=dialog] button')) return
    if (key !== 'Escape' && key !== 'Enter' && key.length !== 1) return
    if (key === 'Escape') callOff()
    // The key that asked may still be down: what it repeats says nothing.
    else if (!event.repeat && key === 'Enter') ahead.isChosen = true
    else if (!event.repeat && !ahead.isChosen) ahead.text += key
    event.preventDefault()
    event.stopPropagation()
  }
  window.addEventListener('keydown', onKeyDown, true)
  const timer = setTimeout(release, longestMs)
  stop = () => {
    window.removeEventListener('keydown', onKeyDown, true)
    clearTimeout(timer)
  }
}

/** What was typed so far; from now on keys go where they always go. */
export function release(): Ahead {
  const typed = ahead
  stop?.()
  stop = undefined
  ahead = { text: '', isChosen: false }
  return typed
}
