import type { Likeness } from '@/api/types'
import { m } from '@/i18n/admin'

/** Why two may be one person. */
export const likenessWords: Record<Likeness, () => string> = {
  number: () => m.duplicates_number(),
  email: () => m.duplicates_email(),
  name: () => m.duplicates_name(),
}
