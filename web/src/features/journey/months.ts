import type { JourneyEntry } from '@/api/types'
import { region } from '@/i18n'
import { millis } from '@/lib/time'

export interface Month {
  /** "2026-11" */
  id: string
  label: string
  entries: JourneyEntry[]
}

/** Entries under the month they began in, in the order they come. */
export function byMonth(entries: readonly JourneyEntry[]): Month[] {
  const months: Month[] = []
  const words = new Intl.DateTimeFormat(region(), { month: 'long', year: 'numeric' })
  for (const entry of entries) {
    const began = new Date(millis(entry.started_at))
    const id = `${began.getFullYear()}-${String(began.getMonth() + 1).padStart(2, '0')}`
    const last = months.at(-1)
    if (last?.id === id) last.entries.push(entry)
    else months.push({ id, label: capital(words.format(began)), entries: [entry] })
  }
  return months
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase(region()) + words.slice(1)
}
