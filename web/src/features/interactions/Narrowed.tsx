import { X } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { m } from '@/i18n'
import { millis } from '@/lib/time'
import { dayOf, lastDayBefore } from './days'
import styles from './Filters.module.css'
import { type Known, useKnown } from './known'
import type { InteractionSearch } from './search'
import { narrowedBy, nothingNarrowed, viewOf } from './views'

interface Props {
  search: InteractionSearch
  onChange: (next: InteractionSearch) => void
}

/** What is filtered by, each with its way out. */
export default function Narrowed({ search, onChange }: Props) {
  const known = useKnown()
  const names = narrowedBy(search)
  const agent = viewOf(search)?.isMine ? search.agent : undefined
  return (
    <div className={styles.narrowed}>
      {names.map(name => {
        const words = filterWords(name, search, known)
        return (
          <Button
            key={name}
            className={styles.chip ?? ''}
            aria-label={m.interactions_filter_remove({ name: words })}
            onPress={() => onChange({ ...search, [name]: undefined })}
          >
            <span>{words}</span>
            <X size={12} aria-hidden="true" />
          </Button>
        )
      })}
      <Button
        className={styles.clear ?? ''}
        onPress={() => onChange({ ...search, ...nothingNarrowed, search: search.search, agent })}
      >
        {m.interactions_filter_clear()}
      </Button>
    </div>
  )
}

function filterWords(name: keyof InteractionSearch, search: InteractionSearch, known: Known): string {
  const nameOf = (list: { id: number; name: string }[], id: unknown) =>
    list.find(one => one.id === id)?.name ?? `#${id}`
  switch (name) {
    case 'account':
      return nameOf(known.accounts, search.account)
    case 'queue':
      return nameOf(known.queues, search.queue)
    case 'agent':
      if (search.agent === 'me') return m.interactions_filter_me()
      if (search.agent === 'none') return m.interactions_filter_nobody()
      if (search.agent === 'bot') return m.interactions_filter_bot()
      return nameOf(known.agents, search.agent)
    case 'read':
      return search.read === 'unread' ? m.interactions_filter_unread() : m.interactions_filter_is_read()
    case 'tags':
      return (search.tags ?? []).map(id => nameOf(known.tags, id)).join(', ')
    case 'sort':
      return m.interactions_sort_window()
    case 'from':
      return `${m.interactions_filter_from()} ${dateWords(dayOf(search.from))}`
    case 'to':
      return `${m.interactions_filter_to()} ${dateWords(lastDayBefore(search.to))}`
    default:
      return name
  }
}

function dateWords(day: string): string {
  return new Date(millis(`${day}T12:00:00`)).toLocaleDateString(document.documentElement.lang, {
    day: 'numeric',
    month: 'short',
  })
}
