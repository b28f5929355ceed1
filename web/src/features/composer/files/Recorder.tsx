import { Mic, Square, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { m } from '@/i18n/pages'
import { timer } from '@/lib/time'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { toast } from '@/ui/toasts'
import styles from './Files.module.css'
import { levels, type Recording, startRecording } from './recording'

interface Props {
  onDone: (blob: Blob) => void
  onCancel: () => void
}

const bars = 56
const everyMs = 80

/** Takes the place of the box while the microphone is on: how loud it is, how long it has been, and the two ways out. */
export default function Recorder({ onDone, onCancel }: Props) {
  const [recording, setRecording] = useState<Recording | null>(null)
  const [heights, setHeights] = useState<readonly number[]>(() => Array.from({ length: bars }, () => 0))
  const [elapsed, setElapsed] = useState(0)
  const stopRef = useRef<HTMLButtonElement>(null)
  const cancel = useRef(onCancel)
  cancel.current = onCancel
  useEffect(() => {
    let isHere = true
    let held: Recording | null = null
    startRecording().then(
      started => {
        held = started
        if (!isHere) return started.cancel()
        setRecording(started)
        // What is said next is said to the microphone.
        setTimeout(() => stopRef.current?.focus())
      },
      (error: unknown) => {
        toast(troubleWords(error), { tone: 'danger' })
        if (isHere) cancel.current()
      },
    )
    return () => {
      isHere = false
      held?.cancel()
    }
  }, [])
  useEffect(() => {
    if (!recording) return
    const ticking = setInterval(() => {
      setHeights(held => [...held.slice(1), levels(recording)])
      setElapsed(performance.now() - recording.startedAt)
    }, everyMs)
    return () => clearInterval(ticking)
  }, [recording])
  const stop = async () => {
    if (recording) onDone(await recording.stop())
  }
  return (
    <fieldset
      className={styles.recorder}
      aria-label={m.composer_voice_recording()}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onCancel()
      }}
    >
      <IconButton
        icon={X}
        label={m.composer_voice_cancel()}
        shortcut="Escape"
        placement="top"
        onPress={onCancel}
      />
      <Mic size={18} className={recording ? styles.live : styles.asking} aria-hidden="true" />
      {recording ? (
        <>
          <span className={styles.clock} role="timer">
            {timer(elapsed)}
          </span>
          <span className={styles.levels} aria-hidden="true">
            {heights.map((height, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
              <span key={index} style={{ height: `${Math.max(6, height * 100)}%` }} />
            ))}
          </span>
        </>
      ) : (
        <span className={styles.asks} role="status">
          {m.composer_voice_asking()}
        </span>
      )}
      <Button
        ref={stopRef}
        variant="primary"
        icon={Square}
        isDisabled={!recording}
        onPress={() => void stop()}
      >
        {m.composer_voice_stop()}
      </Button>
    </fieldset>
  )
}

function troubleWords(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return m.composer_voice_denied()
  if (name === 'NotFoundError') return m.composer_voice_no_microphone()
  return m.composer_voice_impossible()
}
