import { type Ref, useEffect, useRef, useState } from 'react'
import { SearchInput } from '@/ui/SearchInput'

const pauseMs = 250

interface Props {
  label: string
  placeholder: string
  value: string
  onChange: (text: string) => void
  inputRef: Ref<HTMLInputElement>
}

/** Searches when the typing pauses. */
export function SearchBox({ label, placeholder, value, onChange, inputRef }: Props) {
  const [text, setText] = useState(value)
  const [given, setGiven] = useState(value)
  // The URL was changed by somebody else: a cleared filter, the way back.
  if (given !== value) {
    setGiven(value)
    if (text.trim() !== value) setText(value)
  }
  const send = useRef(onChange)
  useEffect(() => {
    send.current = onChange
  })
  const wanted = text.trim()
  useEffect(() => {
    if (wanted === value) return
    const timer = setTimeout(() => send.current(wanted), wanted ? pauseMs : 0)
    return () => clearTimeout(timer)
  }, [wanted, value])
  return (
    <SearchInput
      label={label}
      placeholder={placeholder}
      value={text}
      onChange={setText}
      inputRef={inputRef}
      maxLength={200}
    />
  )
}
