import { m } from '@/i18n/admin'
import type { Misfits } from './draft'

/** Nothing that is administered goes without a name. */
export function needsName({ name }: { name: string }): Misfits {
  return name.trim() ? {} : { name: m.field_required() }
}
