import type { Attachment } from '@/api/types'

const most = { width: 320, height: 340 }
const unknown = { width: 280, height: 210 }

/** The room it will take, before a byte of it is here. */
export function mediaSize({ kind, width, height }: Pick<Attachment, 'kind' | 'width' | 'height'>): {
  width: number
  height: number
} {
  if (kind === 'document') return { width: 300, height: 52 }
  if (kind === 'audio' || kind === 'voice') return { width: 300, height: 48 }
  if (kind === 'sticker') return { width: 144, height: 144 }
  if (!width || !height) return unknown
  const scale = Math.min(1, most.width / width, most.height / height)
  // Something very long or very flat is still something to click on.
  return {
    width: Math.max(140, Math.round(width * scale)),
    height: Math.max(80, Math.round(height * scale)),
  }
}
