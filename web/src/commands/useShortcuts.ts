import { useEffect } from 'react'
import { flushSync } from 'react-dom'
import { isWriting, pressedKeys } from '@/lib/keys'
import { useContextReader } from './context'
import { endEarly, takeEarly, waitsBehind } from './early'
import { commandFor, startsSequence } from './registry'
import { runCommand } from './useCommand'

/** How long "G" waits for its "D". */
const sequenceMs = 1_200
/** What a key brings by a promise has a frame to come. */
const frameMs = 16

// One that is on its way out covers nothing any more.
const overlays = ':is([role="dialog"], [role="alertdialog"], [role="menu"]):not([data-exiting] *)'

/** Listens on the whole page; used once, in the frame. */
export function useShortcuts(): void {
  const read = useContextReader()
  useEffect(() => {
    let pending = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return
      const context = read()
      if (!context) return
      // Over a dialog or a menu only what can be done everywhere goes on, and only by keys that are no letters.
      const isCovered = document.querySelector(overlays) !== null
      const writing = isCovered || isWriting(event.target)
      const pressed = pressedKeys(event)
      const command =
        (pending && commandFor(`${pending} ${pressed}`, context, writing)) ||
        commandFor(pressed, context, writing)
      clearTimeout(timer)
      pending = ''
      if (isCovered && command && command.scope !== 'everywhere') return
      if (command) {
        event.preventDefault()
        void runCommand(command, context)
      } else if (!writing && startsSequence(pressed)) {
        pending = pressed
        timer = setTimeout(() => {
          pending = ''
        }, sequenceMs)
      }
    }
    endEarly()
    // What was pressed early has its turn key by key: what one does must be on the screen before the next, as it is
    // when React knows the event for a key.
    let turn: ReturnType<typeof setTimeout> | undefined
    const catchUp = () => {
      const event = takeEarly()
      if (!event) return
      flushSync(() => onKeyDown(event))
      turn = setTimeout(catchUp, frameMs)
    }
    turn = setTimeout(catchUp)
    const hear = (event: KeyboardEvent) => {
      if (!waitsBehind(event)) onKeyDown(event)
    }
    document.addEventListener('keydown', hear)
    return () => {
      clearTimeout(timer)
      clearTimeout(turn)
      document.removeEventListener('keydown', hear)
    }
  }, [read])
}

function isModifier(key: string): boolean {
  return key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta'
}
