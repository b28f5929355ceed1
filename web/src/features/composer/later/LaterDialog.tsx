import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isProblem } from '@/api/problem'
import { interactionQuery } from '@/api/queries'
import { m } from '@/i18n/pages'
import { now } from '@/lib/clock'
import { comingTime, millis } from '@/lib/time'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Note } from '@/ui/Note'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import styles from '../Dialogs.module.css'
import { fieldTime, fieldValue, type Preset, presets } from './times'

export interface Planned {
  text: string
  dueAt: number
  unlessWritten: boolean
}

interface Props {
  interactionId: number
  title: string
  initial: Partial<Planned> & { text: string }
  onSave: (planned: Planned) => Promise<void>
  onClose: () => void
}

/** When, and whether still if the customer writes before. */
export default function LaterDialog({ interactionId, title, initial, onSave, onClose }: Props) {
  const [usual] = useState(() => presets(now()))
  const [text, setText] = useState(initial.text)
  const [when, setWhen] = useState(fieldValue(initial.dueAt ?? usual[0]?.at ?? now()))
  const [unlessWritten, setUnlessWritten] = useState(initial.unlessWritten ?? true)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const dueAt = fieldTime(when)
  const save = async () => {
    if (dueAt === null) return
    setPending(true)
    setError(null)
    try {
      await onSave({ text, dueAt, unlessWritten })
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  const field = (name: string) => (isProblem(error) ? error.field(name) : undefined)
  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button
          variant="primary"
          isPending={isPending}
          isDisabled={dueAt === null || !text.trim()}
          onPress={() => void save()}
        >
          {m.later_save()}
        </Button>
      }
    >
      <div className={styles.fields}>
        <fieldset className={styles.presets}>
          <legend className="visually-hidden">{m.later_usual()}</legend>
          {usual.map(one => (
            <Button
              key={one.id}
              size="small"
              aria-pressed={dueAt === one.at}
              className={dueAt === one.at ? (styles.chosen ?? '') : ''}
              onPress={() => setWhen(fieldValue(one.at))}
            >
              {`${presetWords[one.id]()} · ${comingTime(one.at, now())}`}
            </Button>
          ))}
        </fieldset>
        <TextField
          type="datetime-local"
          label={m.later_when()}
          value={when}
          onChange={setWhen}
          error={field('due_at')}
          isRequired
        />
        <WindowNote interactionId={interactionId} dueAt={dueAt} />
        <Checkbox label={m.later_unless()} isSelected={unlessWritten} onChange={setUnlessWritten} />
        <TextArea
          label={m.later_text()}
          value={text}
          onChange={setText}
          error={field('text')}
          rows={5}
          isRequired
        />
        {error !== null && !(isProblem(error) && error.fields.length > 0) && <ErrorNote error={error} />}
      </div>
    </Dialog>
  )
}

const presetWords: Record<Preset['id'], () => string> = {
  hour: () => m.later_hour(),
  evening: () => m.later_evening(),
  morning: () => m.later_morning(),
  monday: () => m.later_monday(),
}

function WindowNote({ interactionId, dueAt }: { interactionId: number; dueAt: number | null }) {
  const { data } = useQuery(interactionQuery(interactionId))
  const ends = data?.window.expires_at
  if (!ends || dueAt === null || dueAt < millis(ends)) return null
  return <Note tone="warning">{m.later_window({ time: comingTime(millis(ends), now()) })}</Note>
}
