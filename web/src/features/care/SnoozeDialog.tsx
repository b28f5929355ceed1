import { useQueryClient } from '@tanstack/react-query'
import { AlarmClock, CalendarClock, MessageCircleReply } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { heldInteraction } from '@/features/interactions/actions'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { now } from '@/lib/clock'
import { comingTime } from '@/lib/time'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Finder, type Found } from '@/ui/Finder'
import { toast } from '@/ui/toasts'
import { putOff, takeUp } from './actions'
import styles from './Care.module.css'
import { inputValue, presets } from './presets'

/** Until the customer writes, or until a time: it is out of one's load until then. */
export default function SnoozeDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const client = useQueryClient()
  const [at] = useState(now)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [text, setText] = useState(() => inputValue(at + 60 * 60_000))
  const [isPast, setPast] = useState(false)
  const errorId = useId()
  const interaction = heldInteraction(client, id)
  if (!interaction) return null
  const name = customerName(interaction)
  const run = async (act: () => Promise<void>, words: string) => {
    setPending(true)
    setError(null)
    try {
      await act()
      toast(words, { tone: 'success' })
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  const until = (time: number) =>
    void run(
      () => putOff(client, id, new Date(time).toISOString()),
      m.care_put_off_done({ name, time: comingTime(time, at) }),
    )
  const times = presets(at)
  const items: Found<string>[] = [
    {
      id: 'customer',
      label: m.interactions_wait_customer(),
      detail: m.care_wait_customer_help(),
      mark: <MessageCircleReply size={16} aria-hidden="true" />,
    },
    ...times.map(preset => ({
      id: preset.id,
      label: preset.label(),
      detail: comingTime(preset.at, at),
      mark: <AlarmClock size={16} aria-hidden="true" />,
    })),
    ...(interaction.snooze
      ? [{ id: 'now', label: m.interactions_take_up(), mark: <CalendarClock size={16} aria-hidden="true" /> }]
      : []),
  ]
  const choose = (choice: string) => {
    if (choice === 'customer') {
      void run(() => putOff(client, id, null), m.care_wait_customer_done({ name }))
    } else if (choice === 'now') {
      void run(() => takeUp(client, id), m.care_take_up_done({ name }))
    } else {
      const preset = times.find(one => one.id === choice)
      if (preset) until(preset.at)
    }
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const time = new Date(text).getTime()
    const isWrong = Number.isNaN(time) || time <= now()
    setPast(isWrong)
    if (!isWrong) until(time)
  }
  return (
    <Dialog title={m.care_put_off_title({ name })} isOpen onOpenChange={onClose} size="small">
      <div className={styles.body}>
        <Finder
          label={m.care_put_off()}
          placeholder={m.care_put_off_find()}
          none={text => m.care_none_found({ text })}
          items={items}
          isDisabled={isPending}
          onChoose={choose}
        />
        <form onSubmit={onSubmit}>
          <div className={styles.when}>
            <label className={styles.field}>
              {m.care_put_off_own()}
              <input
                type="datetime-local"
                value={text}
                min={inputValue(at)}
                aria-invalid={isPast}
                aria-describedby={isPast ? errorId : undefined}
                onChange={event => {
                  setText(event.target.value)
                  setPast(false)
                }}
              />
            </label>
            <Button type="submit" isPending={isPending}>
              {m.care_put_off_set()}
            </Button>
          </div>
          {isPast && (
            <p id={errorId} className={styles.error} role="alert">
              {m.care_put_off_past()}
            </p>
          )}
        </form>
        {error !== null && <ErrorNote error={error} />}
      </div>
    </Dialog>
  )
}
