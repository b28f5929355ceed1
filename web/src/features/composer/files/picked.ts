// A file that somebody wants to send, and what WhatsApp takes of each kind. The server decides from the bytes; this
// says it before they are on their way.
import type { Can } from '@/features/interactions/can'
import { uuid } from '@/lib/uuid'

export type FileKind = 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker'

export interface Picked {
  /** The server knows the file by it: handing it in again is the same file. */
  id: string
  blob: Blob
  name: string
  /** As it looks; the server has the last word. */
  kind: FileKind
  /** Of a picture: the room it takes in the thread. */
  width?: number
  height?: number
}

const kilobyte = 1024
const megabyte = 1024 * kilobyte

/** The most bytes WhatsApp takes of each kind. */
export const whatsappLimits: Record<FileKind, number> = {
  image: 5 * megabyte,
  video: 16 * megabyte,
  audio: 16 * megabyte,
  voice: 16 * megabyte,
  document: 100 * megabyte,
  sticker: 500 * kilobyte,
}

export function pick(blob: Blob, name: string): Picked {
  return { id: uuid(), blob, name, kind: kindOf(blob.type) }
}

export function kindOf(mime: string): FileKind {
  if (mime === 'image/jpeg' || mime === 'image/png') return 'image'
  if (mime === 'image/webp') return 'sticker'
  if (mime.startsWith('video/')) return 'video'
  if (mime.startsWith('audio/')) return 'audio'
  return 'document'
}

export interface TooLarge {
  limit: number
  /** Whose limit it is. */
  whose: 'desk' | 'whatsapp'
}

/** Whether it has more bytes than may be sent: of the desk's limit and WhatsApp's the lower one counts. */
export function tooLarge({ kind, blob }: Pick<Picked, 'kind' | 'blob'>, deskLimit: number): TooLarge | null {
  const whatsapp = whatsappLimits[kind]
  const limit = Math.min(whatsapp, deskLimit)
  if (blob.size <= limit) return null
  return { limit, whose: whatsapp < deskLimit ? 'whatsapp' : 'desk' }
}

const captioned: readonly string[] = ['image', 'video', 'document']

/** Whether words can stand under it: with some providers fewer kinds take them. */
export function takesCaption(kind: FileKind, can: Can | undefined): boolean {
  return (can?.caption ?? captioned).includes(kind)
}

export const captionLimit = 1024
