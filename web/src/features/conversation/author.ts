import type { Message } from '@/api/types'
import { m } from '@/i18n/pages'

/** Who wrote it; those without a name of their own by what they are. */
export function authorName({ author }: Pick<Message, 'author'>): string {
  if (author.name) return author.name
  switch (author.kind) {
    case 'bot':
      return m.conversation_bot()
    case 'customer':
      return m.conversation_customer()
    case 'agent':
    case 'system':
      return m.conversation_system()
  }
}
