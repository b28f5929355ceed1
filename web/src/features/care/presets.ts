// The times one is most often reminded at. Pure: `now` is an argument.
import { m } from '@/i18n/pages'
import { hour, minute } from '@/lib/time'

export interface Preset {
  id: string
  label: () => string
  at: number
}

/** What is past, or a moment away, is no choice. */
export function presets(now: number): Preset[] {
  const all: Preset[] = [
    { id: 'half', label: () => m.care_in_half_hour(), at: now + 30 * minute },
    { id: 'two', label: () => m.care_in_two_hours(), at: now + 2 * hour },
    { id: 'evening', label: () => m.care_this_evening(), at: onDay(now, 0, 18) },
    { id: 'tomorrow', label: () => m.care_tomorrow(), at: onDay(now, 1, 9) },
    { id: 'monday', label: () => m.care_monday(), at: onDay(now, untilMonday(now), 9) },
  ]
  return all.filter(({ at }) => at >= now + 10 * minute)
}

function onDay(now: number, days: number, hours: number): number {
  const date = new Date(now)
  date.setDate(date.getDate() + days)
  date.setHours(hours, 0, 0, 0)
  return date.getTime()
}

/** To the Monday of next week, 1 to 7 days. */
function untilMonday(now: number): number {
  return (8 - new Date(now).getDay()) % 7 || 7
}

/** As a field for a local date and time has it. */
export function inputValue(at: number): string {
  const date = new Date(at - new Date(at).getTimezoneOffset() * minute)
  return date.toISOString().slice(0, 16)
}
