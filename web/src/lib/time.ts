// Instants and durations as people read them, in the desk's language and the browser's time zone.
import { region } from '@/i18n'

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export function millis(instant: string): number {
  return Date.parse(instant)
}

/** A running timer: 0:42, 12:05, 1:02:03. Never negative. */
export function timer(ms: number): string {
  const total = Math.max(0, Math.floor(ms / second))
  const seconds = String(total % 60).padStart(2, '0')
  const minutes = Math.floor(total / 60) % 60
  const hours = Math.floor(total / 3600)
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`
}

/** A length in one or two units: "45 sec", "12 min", "3 hr 5 min", "2 days". */
export function duration(ms: number): string {
  const abs = Math.max(0, ms)
  if (abs < minute) return unit(Math.floor(abs / second), 'second')
  if (abs < hour) return unit(Math.floor(abs / minute), 'minute')
  if (abs < day) {
    const minutes = Math.floor((abs % hour) / minute)
    const hours = unit(Math.floor(abs / hour), 'hour')
    return minutes > 0 ? `${hours} ${unit(minutes, 'minute')}` : hours
  }
  return unit(Math.floor(abs / day), 'day')
}

/** "3 min ago", "yesterday", "in 2 hr". */
export function relative(at: number, now: number): string {
  const ms = at - now
  const size = Math.abs(ms)
  const words = relativeFormat(region())
  if (size < minute) return words.format(Math.trunc(ms / second), 'second')
  if (size < hour) return words.format(Math.trunc(ms / minute), 'minute')
  if (size < day) return words.format(Math.trunc(ms / hour), 'hour')
  return words.format(Math.trunc(ms / day), 'day')
}

/** For lists: the time today, then "yesterday", the weekday, the date. */
export function listTime(at: number, now: number): string {
  const days = dayNumber(now) - dayNumber(at)
  if (days <= 0) return timeOfDay(at)
  if (days === 1) return capital(relativeFormat(region()).format(-1, 'day'))
  if (days < 7) return capital(format({ weekday: 'short' }).format(at))
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return format(sameYear ? { day: 'numeric', month: 'short' } : { dateStyle: 'short' }).format(at)
}

/** For dividers between days: "Today", "Yesterday", "Monday 3 March". */
export function dayLabel(at: number, now: number): string {
  const days = dayNumber(now) - dayNumber(at)
  if (days === 0 || days === 1) return capital(relativeFormat(region()).format(-days, 'day'))
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  const year = sameYear ? {} : { year: 'numeric' as const }
  return capital(format({ weekday: 'long', day: 'numeric', month: 'long', ...year }).format(at))
}

export function timeOfDay(at: number): string {
  return format({ hour: '2-digit', minute: '2-digit' }).format(at)
}

/** The whole truth, for tooltips: date, time, seconds. */
export function fullTime(at: number): string {
  return format({ dateStyle: 'medium', timeStyle: 'medium' }).format(at)
}

export function dateAndTime(at: number): string {
  return format({ dateStyle: 'medium', timeStyle: 'short' }).format(at)
}

/** For what is to come: the time today, then "tomorrow", the weekday, the date, each with the time. */
export function comingTime(at: number, now: number): string {
  const days = dayNumber(at) - dayNumber(now)
  const time = timeOfDay(at)
  if (days === 0) return time
  if (days === 1) return `${relativeFormat(region()).format(1, 'day')} ${time}`
  const name =
    days > 1 && days < 7 ? { weekday: 'long' as const } : { day: 'numeric' as const, month: 'short' as const }
  return `${format(name).format(at)} ${time}`
}

/** Counts local calendar days, so that two instants of one day agree and neighbours differ by one. */
export function dayNumber(at: number): number {
  const date = new Date(at)
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / day)
}

function unit(value: number, name: 'second' | 'minute' | 'hour' | 'day'): string {
  const key = `${region()} ${name}`
  let found = units.get(key)
  if (!found) {
    found = new Intl.NumberFormat(region(), { style: 'unit', unit: name, unitDisplay: 'short' })
    units.set(key, found)
  }
  return found.format(value)
}

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = region() + JSON.stringify(options)
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(region(), options)
    formats.set(key, found)
  }
  return found
}

function relativeFormat(of: string): Intl.RelativeTimeFormat {
  let found = relatives.get(of)
  if (!found) {
    found = new Intl.RelativeTimeFormat(of, { numeric: 'auto', style: 'short' })
    relatives.set(of, found)
  }
  return found
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase(region()) + words.slice(1)
}

// Making an Intl object costs more than formatting a whole list with it.
const units = new Map<string, Intl.NumberFormat>()
const formats = new Map<string, Intl.DateTimeFormat>()
const relatives = new Map<string, Intl.RelativeTimeFormat>()
