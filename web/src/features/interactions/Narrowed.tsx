import { Button } from 'react-aria-components/Button'
import { useSources } from '@/features/conditions/useSources'
import type { Sources } from '@/features/conditions/words'
import { Chip, Conditions } from '@/features/list/Chip'
import { dayOf, lastDayBefore } from '@/features/list/days'
import styles from '@/features/list/Filters.module.css'
import KeepView from '@/features/views/KeepView'
import { m } from '@/i18n/pages'
import { millis } from '@/lib/time'
import { sentimentWords } from './Sentiment'
import { interactionShelf } from './saved'
import type { InteractionSearch } from './search'
import { sortWords } from './sorting'
import { narrowedBy, nothingNarrowed, viewOf } from './views'

interface Props {
  search: InteractionSearch
  onChange: (next: InteractionSearch) => void
}

/** What is filtered by, each with its way out; and the way to keep it. */
export default function Narrowed({ search, onChange }: Props) {
  const sources = useSources('interaction')
  const names = narrowedBy(search)
  const agent = viewOf(search)?.isMine ? search.agent : undefined
  return (
    <div className={styles.narrowed}>
      {names.map(name =>
        name === 'expression' ? (
          search.expression && (
            <Conditions
              key={name}
              expression={search.expression}
              sources={sources}
              onChange={expression => onChange({ ...search, expression })}
            />
          )
        ) : (
          <Chip
            key={name}
            words={filterWords(name, search, sources)}
            onRemove={() =>
              onChange({ ...search, [name]: undefined, ...(name === 'sort' && { order: undefined }) })
            }
          />
        ),
      )}
      {names.length > 0 && (
        <Button
          className={styles.clear ?? ''}
          onPress={() => onChange({ ...search, ...nothingNarrowed, search: search.search, agent })}
        >
          {m.interactions_filter_clear()}
        </Button>
      )}
      <KeepView shelf={interactionShelf} search={search} onChange={onChange} />
    </div>
  )
}

function filterWords(name: keyof InteractionSearch, search: InteractionSearch, sources: Sources): string {
  const nameOf = (list: readonly { id: number; name: string }[], id: unknown) =>
    list.find(one => one.id === id)?.name ?? `#${id}`
  switch (name) {
    case 'account':
      return nameOf(sources.accounts, search.account)
    case 'queue':
      return nameOf(sources.queues, search.queue)
    case 'agent':
      if (search.agent === 'me') return m.interactions_filter_me()
      if (search.agent === 'none') return m.interactions_filter_nobody()
      if (search.agent === 'bot') return m.interactions_filter_bot()
      return nameOf(sources.agents, search.agent)
    case 'read':
      return search.read === 'unread' ? m.interactions_filter_unread() : m.interactions_filter_is_read()
    case 'tags':
      return (search.tags ?? []).map(id => nameOf(sources.tags, id)).join(', ')
    case 'sentiment':
      return search.sentiment ? sentimentWords(search.sentiment) : ''
    case 'sort':
      return sortWords(search)
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
