import { useEffect } from 'react'
import { pressedKeys } from '@/lib/keys'

/** How long a second key is waited for. */
const sequenceMs = 900

interface Options {
  isOn: boolean
  /** What is pressed so far. */
  onPart: (keys: string) => void
  onKeys: (keys: string) => void
  onRemove: () => void
  onCancel: () => void
}

/** While it is on, keys do nothing but name themselves. */
export function useKeyCapture({ isOn, onPart, onKeys, onRemove, onCancel }: Options): void {
  useEffect(() => {
    if (!isOn) return
    let first = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const onKeyDown = (event: KeyboardEvent) => {
      event.preventDefault()
      event.stopImmediatePropagation()
      if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return
      clearTimeout(timer)
      if (event.key === 'Escape') return onCancel()
      if (event.key === 'Backspace' || event.key === 'Delete') return onRemove()
      const pressed = pressedKeys(event)
      // Only plain keys make a sequence, as G D does.
      if (first) return onKeys(`${first} ${pressed}`)
      if (pressed.length > 1) return onKeys(pressed)
      first = pressed
      onPart(first)
      timer = setTimeout(() => onKeys(first), sequenceMs)
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', onKeyDown, true)
    }
  }, [isOn, onPart, onKeys, onRemove, onCancel])
}
