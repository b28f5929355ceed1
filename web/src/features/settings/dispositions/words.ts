import type { DispositionScope } from '@/api/types'
import { m } from '@/i18n/admin'

/** What a disposition is for. */
export function scopeWords(scope: DispositionScope, name: string | null): string {
  switch (scope) {
    case 'global':
      return m.settings_scope_global()
    case 'list':
      return m.settings_scope_list({ name: name ?? '?' })
    case 'account':
      return m.settings_scope_account({ name: name ?? '?' })
    case 'queue':
      return m.settings_scope_queue({ name: name ?? '?' })
  }
}
