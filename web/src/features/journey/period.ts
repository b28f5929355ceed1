// Which part of a journey one looks at. Months and days are those of the browser's own calendar.

export type PeriodKind = 'recent' | 'all' | 'custom'

export interface Period {
  kind: PeriodKind
  /** Of a period of one's own: its days, as "2026-11-22"; empty is without end. */
  from: string
  to: string
}

export const recent: Period = { kind: 'recent', from: '', to: '' }

/** The instants of it: began at or after `from`, and before `to`. */
export function within(period: Period, now: number): { from?: string; to?: string } {
  if (period.kind === 'all') return {}
  if (period.kind === 'recent') {
    const today = new Date(now)
    return { from: new Date(today.getFullYear(), today.getMonth() - 3, 1).toISOString() }
  }
  const from = startOf(period.from, 0)
  const to = startOf(period.to, 1)
  return { ...(from && { from }), ...(to && { to }) }
}

/** Whether somebody ends before they begin. */
export function isBackwards({ kind, from, to }: Period): boolean {
  return kind === 'custom' && from !== '' && to !== '' && to < from
}

function startOf(day: string, daysOn: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return undefined
  const start = new Date(year, month - 1, date + daysOn)
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString()
}
