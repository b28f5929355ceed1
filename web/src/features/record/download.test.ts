import { expect, test, vi } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { BrokeOff, fetchArchive } from './download'

const signal = () => new AbortController().signal
const pieces = (count: number) => Array.from({ length: count }, () => new Uint8Array(1_000))

/** An answer that gives these pieces and then ends, or breaks. */
function answering(given: Uint8Array[], then: 'end' | 'break') {
  const body = new ReadableStream<Uint8Array>({
    pull(out) {
      const piece = given.shift()
      if (piece) out.enqueue(piece)
      else if (then === 'end') out.close()
      else out.error(new TypeError('network error'))
    },
  })
  const headers = { 'content-type': 'application/zip' }
  return vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(body as BodyInit, { headers }))
}

test('the bytes are counted as they come', async () => {
  const asked = answering(pieces(3), 'end')
  const seen: number[] = []
  const blob = await fetchArchive(7, {
    attachments: true,
    signal: signal(),
    onProgress: bytes => seen.push(bytes),
  })
  expect([blob.size, blob.type, seen]).toEqual([3_000, 'application/zip', [1_000, 2_000, 3_000]])
  expect(asked.mock.calls[0]?.[0]).toBe('/api/v1/interactions/7/archive?attachments=true&locale=en')
})

test('half of it is nothing', async () => {
  answering(pieces(2), 'break')
  const asked = fetchArchive(7, { attachments: true, signal: signal(), onProgress: () => {} })
  await expect(asked).rejects.toBeInstanceOf(BrokeOff)
})

test('what the server refuses is told as it says it', async () => {
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(
    Response.json({ status: 429, code: 'too_many_downloads', params: { whose: 'yours' } }, { status: 429 }),
  )
  const asked = fetchArchive(7, { attachments: false, signal: signal(), onProgress: () => {} })
  await expect(asked).rejects.toBeInstanceOf(ApiProblem)
})
