// A frame may arrive while an answer that was read before it is still on its way; the answer would then undo it.
// So frames are remembered for a while, and those that came during a read are applied again after it. Versions make
// that harmless.
import type { Frame } from '@/api/types'

const remembered = 2_000
let frames: Frame[] = []
let forgotten = 0
let applyAgain: (frames: Frame[]) => void = () => {}

export function remember(frame: Frame): void {
  frames.push(frame)
  if (frames.length > remembered) {
    frames = frames.slice(remembered / 2)
    forgotten += remembered / 2
  }
}

export function whenReplaying(apply: (frames: Frame[]) => void): void {
  applyAgain = apply
}

/** Wrap every read of something that frames change. */
export async function snapshot<T>(read: () => Promise<T>): Promise<T> {
  const mark = forgotten + frames.length
  const answer = await read()
  if (forgotten + frames.length > mark) {
    // After the query has put the answer into the cache.
    setTimeout(() => applyAgain(frames.slice(Math.max(0, mark - forgotten))))
  }
  return answer
}
