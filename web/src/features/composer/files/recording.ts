// The microphone, as a file: Opus where the browser records it, so that it can be heard as a voice message.

export interface Recording {
  startedAt: number
  analyser: AnalyserNode
  /** Ends it and answers what was recorded. */
  stop: () => Promise<Blob>
  /** Ends it and keeps nothing. */
  cancel: () => void
}

const types = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4']
/** Speech needs no more, and half an hour fits what WhatsApp takes. */
const bitsPerSecond = 32_000

export async function startRecording(): Promise<Recording> {
  // Absent where the page is not served securely.
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder !== 'function')
    throw new DOMException('no recorder', 'NotSupportedError')
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  })
  const mimeType = types.find(type => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: bitsPerSecond,
    ...(mimeType ? { mimeType } : {}),
  })
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  context.createMediaStreamSource(stream).connect(analyser)
  const parts: Blob[] = []
  recorder.ondataavailable = ({ data }) => parts.push(data)
  const ended = new Promise<void>(resolve => {
    recorder.onstop = () => resolve()
  })
  const end = async () => {
    if (recorder.state !== 'inactive') recorder.stop()
    await ended
    for (const track of stream.getTracks()) track.stop()
    if (context.state !== 'closed') await context.close()
  }
  recorder.start(1_000)
  return {
    startedAt: performance.now(),
    analyser,
    stop: async () => {
      await end()
      return new Blob(parts, { type: (recorder.mimeType || 'audio/webm').split(';')[0] ?? '' })
    },
    cancel: () => void end(),
  }
}

/** How loud it is now, from 0 to 1. */
export function levels({ analyser }: Recording): number {
  const samples = new Float32Array(analyser.fftSize)
  analyser.getFloatTimeDomainData(samples)
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  // Speech is quiet in numbers: a root makes it visible.
  return Math.min(1, Math.sqrt(Math.sqrt(power)) * 1.4)
}
