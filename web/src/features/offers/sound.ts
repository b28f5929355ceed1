// The call of an offer: two soft tones, made here, so that there is no file to fetch.
let context: AudioContext | undefined

/** Browsers let a page sound only after somebody has touched it. */
export function readySound(): () => void {
  if (typeof AudioContext === 'undefined') return () => {}
  const unlock = () => {
    stop()
    // It takes several milliseconds to make, and what was pressed comes first.
    setTimeout(() => {
      context ??= new AudioContext()
      void context.resume()
    }, 250)
  }
  const stop = () => {
    removeEventListener('pointerdown', unlock)
    removeEventListener('keydown', unlock)
  }
  addEventListener('pointerdown', unlock)
  addEventListener('keydown', unlock)
  return stop
}

/** An offer. */
export function ring(volume: number): void {
  const audio = running()
  if (!audio) return
  tone(audio, 659, 0, volume)
  tone(audio, 880, 0.16, volume)
}

/** A message: one tone, lower and softer. */
export function ping(volume: number): void {
  const audio = running()
  if (audio) tone(audio, 523, 0, volume * 0.6)
}

function running(): AudioContext | null {
  if (typeof AudioContext === 'undefined') return null
  context ??= new AudioContext()
  if (context.state === 'running') return context
  void context.resume()
  return null
}

function tone(audio: AudioContext, hertz: number, after: number, volume: number): void {
  const start = audio.currentTime + after
  const oscillator = audio.createOscillator()
  const gain = audio.createGain()
  oscillator.type = 'sine'
  oscillator.frequency.value = hertz
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(volume * 0.35, start + 0.015)
  gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.45)
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(start)
  oscillator.stop(start + 0.5)
}
