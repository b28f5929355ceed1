import { useCallback, useState } from 'react'

const tabWidth = 164
const moreWidth = 64

/** How many tabs fit beside each other before their names are of no use. */
export function useRoom(): {
  strip: (element: HTMLElement | null) => (() => void) | undefined
  room: number
} {
  const [room, setRoom] = useState(8)
  const strip = useCallback((element: HTMLElement | null) => {
    if (!element) return
    const measure = () => setRoom(Math.max(1, Math.floor((element.clientWidth - moreWidth) / tabWidth)))
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])
  return { strip, room }
}
