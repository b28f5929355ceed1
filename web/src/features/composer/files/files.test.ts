import { describe, expect, test } from 'vitest'
import { networkProblem } from '@/api/problem'
import { kindOf, type Picked, pick, tooLarge } from './picked'
import { Uploads } from './uploads'
import { limitWords } from './words'

const megabyte = 1024 * 1024
const blob = (size: number, type = 'image/png') => new Blob([new Uint8Array(size)], { type })
const settle = () => new Promise(resolve => setTimeout(resolve))

describe('what may be sent', () => {
  test('the lower of the desk’s limit and WhatsApp’s counts, and it is said whose it is', () => {
    const image = pick(blob(6 * megabyte), 'a.png')
    expect(tooLarge(image, 15 * megabyte)).toEqual({ limit: 5 * megabyte, whose: 'whatsapp' })
    expect(tooLarge(image, megabyte)).toEqual({ limit: megabyte, whose: 'desk' })
    expect(tooLarge({ ...image, kind: 'document' }, 15 * megabyte)).toBeNull()
    expect(tooLarge({ ...image, kind: 'video' }, 5 * megabyte)).toEqual({
      limit: 5 * megabyte,
      whose: 'desk',
    })
  })

  test('a file is of the kind that its type says', () => {
    const kinds = ['image/jpeg', 'image/webp', 'video/mp4', 'audio/mpeg', 'application/pdf', ''].map(kindOf)
    expect(kinds).toEqual(['image', 'sticker', 'video', 'audio', 'document', 'document'])
  })

  test('limits are said as they are set', () => {
    expect(limitWords(15 * megabyte)).toBe('15 MB')
    expect(limitWords(500 * 1024)).toBe('500 KB')
  })
})

describe('handing in', () => {
  function make() {
    const calls: {
      file: Picked
      resolve: () => void
      reject: (error: unknown) => void
      signal: AbortSignal
    }[] = []
    const uploads = new Uploads(
      (file, onProgress, signal) =>
        new Promise((resolve, reject) => {
          onProgress(0.5)
          calls.push({ file, resolve, reject, signal })
        }),
    )
    return { calls, uploads, file: pick(blob(10), 'a.png') }
  }

  test('what runs is waited for, and what is done is not done again', async () => {
    const { calls, uploads, file } = make()
    const both = Promise.all([uploads.ensure(file), uploads.ensure(file)])
    expect(uploads.of(file.id)).toMatchObject({ state: 'uploading', done: 0.5 })
    calls[0]?.resolve()
    await both
    await uploads.ensure(file)
    expect(calls).toHaveLength(1)
    expect(uploads.of(file.id)?.state).toBe('done')
  })

  test('what has failed says why and is tried again under the same id', async () => {
    const { calls, uploads, file } = make()
    const first = uploads.ensure(file)
    calls[0]?.reject(networkProblem(new Error('offline')))
    await expect(first).rejects.toMatchObject({ code: 'network' })
    expect(uploads.of(file.id)).toMatchObject({ state: 'failed', problem: { code: 'network' } })
    uploads.begin(file)
    calls[1]?.resolve()
    await settle()
    expect(uploads.of(file.id)?.state).toBe('done')
    expect(calls.map(call => call.file.id)).toEqual([file.id, file.id])
  })

  test('what nobody wants is broken off and leaves no state', async () => {
    const { calls, uploads, file } = make()
    uploads.begin(file)
    uploads.forget(file.id)
    expect(calls[0]?.signal.aborted).toBe(true)
    calls[0]?.reject(new Error('aborted'))
    await settle()
    expect(uploads.of(file.id)).toBeUndefined()
  })
})
