import { X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { problemWords } from '@/api/problem'
import { m } from '@/i18n/pages'
import { Pill } from '@/ui/Pill'
import styles from './Sidebar.module.css'

interface Props {
  tags: readonly string[]
  mayEdit: boolean
  onSave: (tags: string[]) => Promise<void>
}

export function Tags({ tags, mayEdit, onSave }: Props) {
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const save = async (next: string[]) => {
    setError(undefined)
    try {
      await onSave(next)
      setText('')
    } catch (problem) {
      setError(problemWords(problem))
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const tag = text.trim()
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      if (!tag) return
      if (tags.includes(tag)) setText('')
      else void save([...tags, tag])
    } else if (event.key === 'Backspace' && !text && tags.length > 0) {
      void save(tags.slice(0, -1))
    }
  }
  if (!mayEdit && tags.length === 0) return '–'
  return (
    <div className={styles.tags}>
      {tags.map(tag => (
        <Pill key={tag}>
          {tag}
          {mayEdit && (
            <Button
              className={styles.untag ?? ''}
              aria-label={m.sidebar_tag_remove({ tag })}
              onPress={() => void save(tags.filter(other => other !== tag))}
            >
              <X size={12} aria-hidden="true" />
            </Button>
          )}
        </Pill>
      ))}
      {mayEdit && (
        <input
          className={styles.tagInput}
          aria-label={m.sidebar_tag_add()}
          placeholder={m.sidebar_tag_add()}
          value={text}
          maxLength={60}
          onChange={event => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
      )}
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
