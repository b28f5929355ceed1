// How loud a recording is over its length, for the bars of the player.

export const barCount = 44
const largest = 2_000_000
const held = new Map<string, Promise<Waveform | null>>()

export interface Waveform {
  /** Bars from 0 to 1. */
  heights: readonly number[]
  seconds: number
}

/** Null where this browser cannot decode it. Each file is read once. */
export function waveformOf(url: string, size: number | null): Promise<Waveform | null> {
  if (size !== null && size > largest) return Promise.resolve(null)
  const known = held.get(url)
  if (known) return known
  const reading = read(url).catch(() => null)
  held.set(url, reading)
  return reading
}

async function read(url: string): Promise<Waveform | null> {
  const response = await fetch(url)
  if (!response.ok) return null
  const bytes = await response.arrayBuffer()
  // The lowest rate a browser must know: quick, and enough for bars.
  const audio = await new OfflineAudioContext(1, 1, 8_000).decodeAudioData(bytes)
  return { heights: bars(audio.getChannelData(0), barCount), seconds: audio.duration }
}

export function bars(samples: ArrayLike<number>, count: number): readonly number[] {
  const step = Math.max(1, Math.floor(samples.length / count))
  const peaks = Array.from({ length: count }, (_, bar) => {
    let sum = 0
    for (let at = bar * step; at < (bar + 1) * step && at < samples.length; at++)
      sum += (samples[at] ?? 0) ** 2
    return Math.sqrt(sum / step)
  })
  const most = Math.max(...peaks)
  return most > 0 ? peaks.map(peak => peak / most) : peaks
}
