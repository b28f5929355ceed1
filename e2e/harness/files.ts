// Files that go to and fro.
import { deflateSync } from 'node:zlib'
import { expect } from '@playwright/test'
import type { Person } from './person.ts'
import type { PhoneMessage } from './phones.ts'

/** The first file of a type that the business has sent, once the phone has it. */
export async function arrived(read: () => Promise<PhoneMessage[]>, type: string): Promise<PhoneMessage> {
  let found: PhoneMessage | undefined
  await expect(async () => {
    found = (await read()).find(message => message.from === 'business' && message.type === type)
    // One that is sent as an address is fetched first.
    expect(found?.content?.id, `no ${type} came`).toBeDefined()
  }).toPass()
  return found as PhoneMessage
}

export async function paste(person: Person, customer: string, bytes: Buffer): Promise<void> {
  await person.composer(customer).focus()
  await person.page.evaluate(base64 => {
    const data = new DataTransfer()
    const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
    data.items.add(new File([bytes], 'lamp.png', { type: 'image/png' }))
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  }, bytes.toString('base64'))
}

/** A picture of one colour. */
export function png(width: number, height: number): Buffer {
  const chunk = (kind: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(kind), body])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc(named))
    return Buffer.concat([length, named, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 140)])
  const body = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)))
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([magic, chunk('IHDR', header), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))])
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}
