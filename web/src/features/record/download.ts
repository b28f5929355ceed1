// Fetched here and not left to the browser's own downloads: those cannot say why the server refused, and leave half a
// file behind where the connection broke. The bytes go straight into the browser's store of blobs, which it keeps on
// its disk when they are many; nothing of them is held by the page.
import { url } from '@/api/client'
import { ApiProblem, networkProblem } from '@/api/problem'
import { locale } from '@/i18n'

/** The answer began, and did not come to its end. */
export class BrokeOff extends Error {}

interface Options {
  signal: AbortSignal
  onProgress?: (bytes: number) => void
}

/** The ZIP of an interaction. */
export function fetchArchive(
  id: number,
  { attachments, ...options }: Options & { attachments: boolean },
): Promise<Blob> {
  return fetchFile(url(`/interactions/${id}/archive`, { attachments, locale: locale() }), options)
}

export async function fetchFile(address: string, { signal, onProgress }: Options): Promise<Blob> {
  const response = await ask(address, signal)
  if (!response.ok || !response.body) throw await ApiProblem.from(response)
  let received = 0
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, out) {
      received += piece.byteLength
      onProgress?.(received)
      out.enqueue(piece)
    },
  })
  try {
    const counted = new Response(response.body.pipeThrough(counting, { signal }))
    return new Blob([await counted.blob()], { type: response.headers.get('content-type') ?? '' })
  } catch (cause) {
    signal.throwIfAborted()
    throw new BrokeOff('', { cause })
  }
}

async function ask(address: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, { credentials: 'same-origin', signal })
  } catch (cause) {
    signal.throwIfAborted()
    throw networkProblem(cause)
  }
}

/** Hands it to the browser, as a file. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
