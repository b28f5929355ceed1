import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { m } from '@/i18n'
import { copyText } from '@/lib/copy'
import { IconButton } from './IconButton'
import { toast } from './toasts'

interface Props {
  /** What it copies. */
  text: string
  label: string
}

/** Says for a moment that it has copied. */
export function CopyButton({ text, label }: Props) {
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    if (!isDone) return
    const timer = setTimeout(() => setDone(false), 2_000)
    return () => clearTimeout(timer)
  }, [isDone])
  const copy = async () => {
    if (await copyText(text)) setDone(true)
    else toast(m.ui_not_copied(), { tone: 'danger' })
  }
  return (
    <>
      <IconButton size="small" icon={isDone ? Check : Copy} label={label} onPress={() => void copy()} />
      <span className="visually-hidden" role="status">
        {isDone && m.ui_copied()}
      </span>
    </>
  )
}
