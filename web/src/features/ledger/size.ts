import { locale } from '@/i18n'

/** 812 byte, 1.4 kB, 2.9 MB. */
export function byteSize(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte'] as const
  const power = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : 2
  const unit = units[power] ?? 'byte'
  const format = new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  })
  return format.format(bytes / 1_000 ** power)
}
