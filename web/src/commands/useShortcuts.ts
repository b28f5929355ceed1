import { useEffect } from 'react'
import { isWriting, pressedKeys } from '@/lib/keys'
import { useContextReader } from './context'
import { commandFor, startsSequence } from './registry'
import { runCommand } from './useCommand'

/** How long "G" waits for its "D". */
const sequenceMs = 1_200

/** Listens on the whole page; used once, in the frame. */
export function useShortcuts(): void {
  const read = useContextReader()
  useEffect(() => {
    let pending = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return
      // A dialog or an open menu has the keyboard to itself.
      if (
        document.querySelector(
          '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"][data-open]',
        )
      ) {
        return
      }
      const context = read()
      if (!context) return
      const writing = isWriting(event.target)
      const pressed = pressedKeys(event)
      const command =
        (pending && commandFor(`${pending} ${pressed}`, context, writing)) ||
        commandFor(pressed, context, writing)
      clearTimeout(timer)
      pending = ''
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
    document.addEventListener('keydown', onKeyDown)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [read])
}

function isModifier(key: string): boolean {
  return key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta'
}
