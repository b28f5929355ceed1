// Sending a file: `fetch` tells nothing of how far a body has come.
import { ApiProblem, networkProblem } from './problem'

interface Options {
  /** Between 0 and 1. */
  onProgress: (done: number) => void
  signal: AbortSignal
}

export function upload<T>(
  method: 'POST' | 'PUT',
  url: string,
  blob: Blob,
  { onProgress, signal }: Options,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = event => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onerror = () => reject(networkProblem(new Error('the connection broke')))
    request.onabort = () => reject(networkProblem(new DOMException('taken back', 'AbortError')))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve((request.responseText === '' ? undefined : JSON.parse(request.responseText)) as T)
        return
      }
      const response = new Response(request.responseText, {
        status: request.status,
        statusText: request.statusText,
      })
      void ApiProblem.from(response).then(reject)
    }
    const stop = () => request.abort()
    signal.addEventListener('abort', stop, { once: true })
    request.onloadend = () => signal.removeEventListener('abort', stop)
    request.send(blob)
  })
}
