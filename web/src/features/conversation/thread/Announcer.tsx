import { useEffect, useRef, useState } from 'react'
import type { Message } from '@/api/types'
import { kindWords } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { plainText } from '@/lib/text'
import { authorName } from '../author'

/** Says what the customer writes while the thread is open; the rows themselves come and go as one scrolls. */
export function Announcer({ messages }: { messages: readonly Message[] }) {
  const [words, setWords] = useState('')
  const known = useRef<number | null>(null)
  // What came while another thread was looked at is read there, not said.
  useEffect(
    () => () => {
      known.current = null
      setWords('')
    },
    [],
  )
  useEffect(() => {
    const newest = messages.reduce((most, message) => Math.max(most, message.id), 0)
    const before = known.current
    known.current = Math.max(newest, before ?? 0)
    if (before === null) return
    const fresh = messages.filter(message => message.id > before && message.direction === 'in')
    if (fresh.length === 0) return
    const said = fresh.map(message => {
      const text = message.text ? plainText(message.text) : kindWords(message.kind)
      return m.conversation_said({ name: authorName(message), text })
    })
    setWords(said.join('. '))
  }, [messages])
  return (
    <div className="visually-hidden" role="log" aria-live="polite">
      {words}
    </div>
  )
}
