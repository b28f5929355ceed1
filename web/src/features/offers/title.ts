// The count of offers in the title of the page, which is all that is seen of a tab in the back. Pages set their own
// titles; what is put in front of them here is taken away again.
import { m } from '@/i18n/pages'
import { isLookedAt } from './notify'

const everyMs = 1_000

let ours = ''
let theirs = ''

/** Blinks while nobody looks, stands still while somebody does; answers how to stop. */
export function callInTitle(count: number): () => void {
  if (count === 0) return () => {}
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  let isOn = false
  const tick = () => {
    if (document.title !== ours) theirs = document.title
    isOn = isStill || isLookedAt() || !isOn
    ours = isOn ? `(${count}) ${isLookedAt() ? theirs : m.offers_title({ count })}` : theirs
    document.title = ours
  }
  tick()
  const timer = setInterval(tick, everyMs)
  return () => {
    clearInterval(timer)
    if (document.title === ours) document.title = theirs
  }
}
