import { region } from '@/i18n'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** The size of a file as people say it: 412 kB, 1.4 MB. */
export function bytes(count: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3))
  const unit = units[power] ?? 'byte'
  const format = {
    style: 'unit',
    unit,
    // Shortened it is "47 byte".
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power > 1 ? 1 : 0,
  } as const
  return new Intl.NumberFormat(region(), format).format(count / 1_000 ** power)
}
