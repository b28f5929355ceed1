import { Download, Pause, Play } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Attachment } from '@/api/types'
import { m } from '@/i18n/pages'
import { timer } from '@/lib/time'
import styles from './Audio.module.css'
import { downloadOf } from './download'
import { barCount, type Waveform, waveformOf } from './waveform'

const speeds = [1, 1.5, 2]
let speedNow = 1
let playing: HTMLAudioElement | null = null

/** A recording: its loudness as bars, a place to jump to, and a speed that holds for the next one too. */
export function AudioPlayer({ attachment }: { attachment: Pick<Attachment, 'url' | 'size'> }) {
  const { url, size } = attachment
  const audio = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [told, setLength] = useState(0)
  const [at, setAt] = useState(0)
  const [speed, setSpeed] = useState(speedNow)
  const [hasBroken, setBroken] = useState(false)
  const { heights, seconds } = useWaveform(url, size)
  // A recording that was never finished does not say how long it is; what it sounds like does.
  const length = told || seconds
  // Out of sight it is not heard.
  useLayoutEffect(() => {
    const element = audio.current
    return () => element?.pause()
  }, [])
  const toggle = () => {
    const element = audio.current
    if (!element) return
    if (!element.paused) return element.pause()
    // One voice at a time.
    if (playing && playing !== element) playing.pause()
    playing = element
    element.playbackRate = speedNow
    setSpeed(speedNow)
    element.play().catch(() => setBroken(true))
  }
  const faster = () => {
    speedNow = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1
    setSpeed(speedNow)
    if (audio.current) audio.current.playbackRate = speedNow
  }
  const seek = (to: number) => {
    if (audio.current) audio.current.currentTime = to
    setAt(to)
  }
  const done = length > 0 ? at / length : 0
  return (
    <div className={styles.audio}>
      {/* biome-ignore lint/a11y/useMediaCaption: what a customer said has no captions */}
      <audio
        ref={audio}
        src={url}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={event => setAt(event.currentTarget.currentTime)}
        onDurationChange={event => setLength(finite(event.currentTarget.duration))}
        onError={() => setBroken(true)}
      />
      <button
        type="button"
        className={styles.toggle}
        aria-label={isPlaying ? m.conversation_pause() : m.conversation_play()}
        disabled={hasBroken}
        onClick={toggle}
      >
        {isPlaying ? <Pause size={18} fill="currentColor" /> : <Play size={18} fill="currentColor" />}
      </button>
      {hasBroken ? (
        <span className={styles.broken}>{m.conversation_audio_failed()}</span>
      ) : (
        <div className={styles.track}>
          <span className={styles.bars} aria-hidden="true">
            {heights.map((height, index) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
                key={index}
                className={index / barCount < done ? styles.played : undefined}
                style={{ height: `${Math.max(10, height * 100)}%` }}
              />
            ))}
          </span>
          <input
            type="range"
            className={styles.range}
            aria-label={m.conversation_seek()}
            aria-valuetext={`${timer(at * 1000)} / ${timer(length * 1000)}`}
            min={0}
            max={length || 1}
            step={0.1}
            value={at}
            onChange={event => seek(Number(event.target.value))}
          />
        </div>
      )}
      {!hasBroken && <span className={styles.time}>{timer((at || length) * 1000)}</span>}
      {hasBroken ? (
        <a
          className={styles.speed}
          href={downloadOf(attachment)}
          download
          aria-label={m.conversation_download()}
        >
          <Download size={16} aria-hidden="true" />
        </a>
      ) : (
        <button
          type="button"
          className={styles.speed}
          aria-label={m.conversation_speed({ speed: String(speed) })}
          onClick={faster}
        >
          {speed}×
        </button>
      )}
    </div>
  )
}

const flat: Waveform = { heights: Array.from({ length: barCount }, () => 0.3), seconds: 0 }

function useWaveform(url: string, size: number | null): Waveform {
  const [waveform, setWaveform] = useState(flat)
  useEffect(() => {
    let isHere = true
    void waveformOf(url, size).then(found => {
      if (isHere && found) setWaveform(found)
    })
    return () => {
      isHere = false
    }
  }, [url, size])
  return waveform
}

/** A recording that is still being streamed has no end yet. */
function finite(seconds: number): number {
  return Number.isFinite(seconds) ? seconds : 0
}
