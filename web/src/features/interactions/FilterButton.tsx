import { ListFilter, ListTree } from 'lucide-react'
import { useId } from 'react'
import { shortcutOf } from '@/commands/registry'
import { openAdvanced } from '@/features/conditions/state'
import { dayOf, endOfDay, lastDayBefore, startOfDay } from '@/features/list/days'
import styles from '@/features/list/Filters.module.css'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { PickMany } from '@/ui/PickMany'
import { Popover } from '@/ui/Popover'
import { Select, type SelectOption } from '@/ui/Select'
import { useKnown } from './known'
import { sentiments, sentimentWords } from './Sentiment'
import type { InteractionSearch } from './search'
import { mayOrder, orderOf, orders, sortedBy } from './sorting'
import { narrowedBy } from './views'

interface Props {
  search: InteractionSearch
  onChange: (next: InteractionSearch) => void
}

/** Account, agent, queue, read, sentiment, tags, the days on which they began, and what comes first. */
export default function FilterButton({ search, onChange }: Props) {
  const count = narrowedBy(search).length
  return (
    <Popover
      label={m.interactions_filter()}
      placement="bottom end"
      trigger={
        <IconButton
          icon={ListFilter}
          label={count > 0 ? m.interactions_filter_count({ count }) : m.interactions_filter()}
          variant={count > 0 ? 'accent' : 'quiet'}
        />
      }
    >
      {close => <FilterForm search={search} onChange={onChange} close={close} />}
    </Popover>
  )
}

const any = 'any'

function FilterForm({ search, onChange, close }: Props & { close: () => void }) {
  const known = useKnown()
  const { sort, order } = orderOf(search)
  const { masked } = useSession().user
  const withAny = (list: { id: number; name: string }[]): SelectOption<string>[] => [
    { id: any, label: m.interactions_filter_any() },
    ...list.map(({ id, name }) => ({ id: String(id), label: name })),
  ]
  const set = (name: 'account' | 'queue', value: string) =>
    onChange({ ...search, [name]: value === any ? undefined : Number(value) })
  const setAgent = (value: string) => {
    const id = Number(value)
    onChange({ ...search, agent: value === 'all' ? undefined : id || (value as 'me' | 'none' | 'bot') })
  }
  return (
    <div className={styles.form}>
      <Select
        label={m.interactions_filter_account()}
        options={withAny(known.accounts)}
        value={String(search.account ?? any)}
        onChange={value => set('account', value)}
      />
      <Select
        label={m.interactions_filter_agent()}
        options={[
          { id: 'all', label: m.interactions_filter_everybody() },
          { id: 'me', label: m.interactions_filter_me() },
          { id: 'none', label: m.interactions_filter_nobody() },
          { id: 'bot', label: m.interactions_filter_bot() },
          ...known.agents.map(({ id, name }) => ({ id: String(id), label: name })),
        ]}
        value={String(search.agent ?? 'all')}
        onChange={setAgent}
      />
      <Select
        label={m.interactions_filter_queue()}
        options={withAny(known.queues)}
        value={String(search.queue ?? any)}
        onChange={value => set('queue', value)}
      />
      <Select
        label={m.interactions_filter_read()}
        options={[
          { id: any, label: m.interactions_filter_any() },
          { id: 'unread', label: m.interactions_filter_unread() },
          { id: 'read', label: m.interactions_filter_is_read() },
        ]}
        value={search.read ?? any}
        onChange={value =>
          onChange({ ...search, read: value === 'read' || value === 'unread' ? value : undefined })
        }
      />
      <Select
        className={styles.wide ?? ''}
        label={m.field_sentiment()}
        options={[
          { id: any, label: m.interactions_filter_any() },
          ...sentiments.map(id => ({ id, label: sentimentWords(id) })),
        ]}
        value={search.sentiment ?? any}
        onChange={value => onChange({ ...search, sentiment: sentiments.find(one => one === value) })}
      />
      <div className={styles.wide}>
        <PickMany
          label={m.interactions_filter_tags()}
          empty={m.interactions_filter_any()}
          options={known.tags.map(({ id, name }) => ({ id, label: name }))}
          value={search.tags ?? []}
          onChange={tags => onChange({ ...search, tags: tags.length > 0 ? tags : undefined })}
        />
      </div>
      <Day
        label={m.interactions_filter_from()}
        value={dayOf(search.from)}
        onChange={day => onChange({ ...search, from: startOfDay(day) })}
      />
      <Day
        label={m.interactions_filter_to()}
        value={lastDayBefore(search.to)}
        onChange={day => onChange({ ...search, to: endOfDay(day) })}
      />
      <Select
        className={styles.wide ?? ''}
        label={m.sorting_label()}
        options={orders
          .filter(one => mayOrder(one.sort, masked))
          .map(one => ({ id: `${one.sort} ${one.order}`, label: one.label() }))}
        value={`${sort} ${order}`}
        onChange={id => {
          const one = orders.find(one => id === `${one.sort} ${one.order}`)
          if (one) onChange(sortedBy(search, one.sort, one.order))
        }}
      />
      <Button
        className={styles.wide ?? ''}
        icon={ListTree}
        shortcut={shortcutOf('interactions.advanced')}
        onPress={() => {
          close()
          openAdvanced(true)
        }}
      >
        {m.advanced_open()}
      </Button>
    </div>
  )
}

/** The browser's own calendar: it knows the person's language and week. */
function Day({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  const id = useId()
  return (
    <div className={styles.day}>
      <label htmlFor={id}>{label}</label>
      <input id={id} type="date" value={value} onChange={event => onChange(event.target.value)} />
    </div>
  )
}
