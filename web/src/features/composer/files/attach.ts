import { m } from '@/i18n/pages'
import { toast } from '@/ui/toasts'
import { drafts } from '../drafts'
import { type Picked, pick, tooLarge } from './picked'
import { fitPicture } from './picture'
import { dropPreview } from './preview'
import { takeBack, uploads } from './uploads'
import { tooLargeWords } from './words'

/** Puts a file into the box and begins to hand it in; what may not be sent is said at once. One at a time. */
export async function attach(
  interactionId: number,
  files: readonly File[],
  deskLimit: number,
): Promise<void> {
  const [first] = files
  if (!first) return
  if (files.length > 1) toast(m.composer_file_one({ name: first.name }))
  put(interactionId, await fitPicture(pick(first, first.name || m.composer_file_pasted())), deskLimit)
}

/** A recording, as it came from the microphone. */
export function attachVoice(interactionId: number, blob: Blob, deskLimit: number): void {
  put(interactionId, { ...pick(blob, m.composer_voice_name()), kind: 'voice' }, deskLimit)
}

function put(interactionId: number, file: Picked, deskLimit: number): void {
  const excess = tooLarge(file, deskLimit)
  if (file.blob.size === 0 || excess) {
    const words = excess ? tooLargeWords(file, excess) : m.composer_file_empty({ name: file.name })
    toast(words, { tone: 'danger' })
    return
  }
  detach(interactionId)
  drafts.change(interactionId, { file, isNote: false })
  uploads.begin(file)
}

export function detach(interactionId: number): void {
  const { file } = drafts.get(interactionId)
  if (!file) return
  drafts.change(interactionId, { file: null })
  takeBack(file)
  dropPreview(file.blob)
}

/** Asks for one with the system's own window. */
export function chooseFile(then: (files: readonly File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.onchange = () => then([...(input.files ?? [])])
  input.click()
}
