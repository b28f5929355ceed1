// The call of an offer: two soft tones, made here, so that there is no file to fetch.
let context: AudioContext | undefined

/** Browsers let a page sound only after somebody has touched it. */
export function readySound(): () => void {
  if (typeof AudioContext === 'undefined') return () => {}
  const unlock = () => {
    context ??= new AudioContext()
    void context.resume()
    stop()
  }
  const stop = () => {
    removeEventListener('pointerdown', unlock)
    removeEventListener('keydown', unlock)
  }
  addEventListener('pointerdown', unlock)
  addEventListener('keydown', unlock)
  return stop
}

export function ring(volume: number): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  if (context.state !== 'running') {
    void context.resume()
    return
  }
  tone(context, 659, 0, volume)
  tone(context, 880, 0.16, volume)
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
