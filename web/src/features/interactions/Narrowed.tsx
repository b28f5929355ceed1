import { Pencil, X } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { Expression } from '@/api/keys'
import { m } from '@/i18n/pages'
import { millis } from '@/lib/time'
import { groupOf } from './advanced/draft'
import { openAdvanced } from './advanced/state'
import { useSources } from './advanced/useSources'
import { type Sources, words } from './advanced/words'
import { dayOf, lastDayBefore } from './days'
import styles from './Filters.module.css'
import KeepView from './KeepView'
import { sentimentWords } from './Sentiment'
import type { InteractionSearch } from './search'
import { sortWords } from './sorting'
import { narrowedBy, nothingNarrowed, viewOf } from './views'

interface Props {
  search: InteractionSearch
  onChange: (next: InteractionSearch) => void
}

/** What is filtered by, each with its way out; and the way to keep it. */
export default function Narrowed({ search, onChange }: Props) {
  const sources = useSources()
  const names = narrowedBy(search)
  const agent = viewOf(search)?.isMine ? search.agent : undefined
  return (
    <div className={styles.narrowed}>
      {names.map(name =>
        name === 'expression' ? (
          <Conditions key={name} search={search} sources={sources} onChange={onChange} />
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
      <KeepView search={search} onChange={onChange} />
    </div>
  )
}

function Chip({ words, onRemove }: { words: string; onRemove: () => void }) {
  return (
    <Button
      className={styles.chip ?? ''}
      aria-label={m.interactions_filter_remove({ name: words })}
      onPress={onRemove}
    >
      <span>{words}</span>
      <X size={12} aria-hidden="true" />
    </Button>
  )
}

/** Of a search of which all must hold, each part by itself; else the whole. */
function Conditions({ search, sources, onChange }: Props & { sources: Sources }) {
  const { expression } = search
  if (!expression) return null
  const group = groupOf(expression)
  const parts = group?.match === 'all' ? group.members : [expression]
  const without = (index: number): Expression | undefined => {
    const rest = parts.filter((_, other) => other !== index)
    return rest.length > 0 ? { all: rest } : undefined
  }
  return (
    <>
      {parts.map((part, index) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
          key={index}
          words={words(part, sources)}
          onRemove={() => onChange({ ...search, expression: without(index) })}
        />
      ))}
      <Button
        className={styles.clear ?? ''}
        aria-label={m.advanced_edit()}
        onPress={() => openAdvanced(true)}
      >
        <Pencil size={12} aria-hidden="true" />
      </Button>
    </>
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
