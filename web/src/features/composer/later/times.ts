// When a message may go out later: the usual times, and what a date field holds. Pure; in the browser's time zone.
import { day, hour } from '@/lib/time'

export interface Preset {
  id: 'hour' | 'evening' | 'morning' | 'monday'
  at: number
}

/** In an hour; today at five, if that is more than an hour away; tomorrow at nine; on Monday at nine, if that is later. */
export function presets(now: number): Preset[] {
  const found: Preset[] = [{ id: 'hour', at: roundUp(now + hour) }]
  const evening = on(now, 0, 17)
  if (evening > now + hour) found.push({ id: 'evening', at: evening })
  const morning = on(now, 1, 9)
  found.push({ id: 'morning', at: morning })
  const untilMonday = (8 - new Date(now).getDay()) % 7 || 7
  const monday = on(now, untilMonday, 9)
  if (monday > morning) found.push({ id: 'monday', at: monday })
  return found
}

/** To whole five minutes: nobody plans for 9:42. */
function roundUp(at: number): number {
  const step = 5 * 60_000
  return Math.ceil(at / step) * step
}

function on(now: number, days: number, oclock: number): number {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, oclock).getTime()
}

/** For `<input type="datetime-local">`. */
export function fieldValue(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const days = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${days}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** What stands in the field; null while there is no whole time in it. */
export function fieldTime(value: string): number | null {
  const at = new Date(value).getTime()
  return Number.isNaN(at) ? null : at
}

/** What the server takes. */
export const furthest = 90 * day
