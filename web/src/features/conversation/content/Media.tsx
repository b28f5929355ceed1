import type { Attachment } from '@/api/types'
import { AudioPlayer } from './AudioPlayer'
import { FileCard } from './FileCard'
import { MediaState } from './MediaState'
import { Picture } from './Picture'

/** A file in the thread. Its room is kept from the start, so nothing moves when it comes. */
export function Media({ attachment }: { attachment: Attachment }) {
  if (attachment.kind === 'document') return <FileCard attachment={attachment} />
  if (attachment.state !== 'stored') return <MediaState attachment={attachment} />
  switch (attachment.kind) {
    case 'image':
    case 'video':
    case 'sticker':
      return <Picture attachment={attachment} />
    case 'audio':
    case 'voice':
      return <AudioPlayer attachment={attachment} />
  }
}
