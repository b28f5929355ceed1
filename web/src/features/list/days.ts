// A range of whole days, as the calendar of the browser has them, and the instants the server asks for.

/** "2026-11-22" of an instant. */
export function dayOf(instant: string | undefined): string {
  if (!instant) return ''
  const date = new Date(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

export function startOfDay(day: string): string | undefined {
  const date = new Date(`${day}T00:00:00`)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** The last day counts whole; the server's end is the first instant after it. */
export function endOfDay(day: string): string | undefined {
  const date = new Date(`${day}T00:00:00`)
  if (Number.isNaN(date.getTime())) return undefined
  date.setDate(date.getDate() + 1)
  return date.toISOString()
}

export function lastDayBefore(instant: string | undefined): string {
  return instant ? dayOf(new Date(Date.parse(instant) - 1).toISOString()) : ''
}
