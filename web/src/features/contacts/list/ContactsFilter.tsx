import { useQuery } from '@tanstack/react-query'
import { ListFilter, ListTree } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { companySearchQuery } from '@/api/queries'
import { shortcutOf } from '@/commands/registry'
import { openAdvanced } from '@/features/conditions/state'
import { useKnown } from '@/features/interactions/known'
import styles from '@/features/list/Filters.module.css'
import { useSession } from '@/features/signin/session'
import { m as first } from '@/i18n'
import { m } from '@/i18n/pages'
import { folded } from '@/lib/search'
import { useDebounced } from '@/lib/useDebounced'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { PickMany } from '@/ui/PickMany'
import { Popover } from '@/ui/Popover'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { type ContactSearch, narrowedBy } from './search'
import { mayOrder, orderOf, orders, sortedBy } from './sorting'

interface Props {
  search: ContactSearch
  onChange: (next: ContactSearch) => void
}

/** Tags, owner, company, and what comes first. */
export function ContactsFilter({ search, onChange }: Props) {
  const count = narrowedBy(search).length
  return (
    <Popover
      label={first.interactions_filter()}
      placement="bottom end"
      trigger={
        <IconButton
          icon={ListFilter}
          label={count > 0 ? first.interactions_filter_count({ count }) : first.interactions_filter()}
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
  const { user } = useSession()
  const { sort, order } = orderOf(search)
  return (
    <div className={styles.form}>
      <div className={styles.wide}>
        <PickMany
          label={first.interactions_filter_tags()}
          empty={first.interactions_filter_any()}
          options={known.tags.map(({ id, name }) => ({ id, label: name }))}
          value={search.tags ?? []}
          onChange={tags => onChange({ ...search, tags: tags.length > 0 ? tags : undefined })}
        />
      </div>
      <Select<string>
        className={styles.wide ?? ''}
        label={m.field_owner()}
        options={[
          { id: any, label: first.interactions_filter_any() },
          { id: 'me', label: first.interactions_filter_me() },
          ...known.agents
            .filter(({ id }) => id !== user.id)
            .map(({ id, name }) => ({ id: String(id), label: name })),
        ]}
        value={String(search.owner ?? any)}
        onChange={id =>
          onChange({ ...search, owner: id === any ? undefined : id === 'me' ? 'me' : Number(id) })
        }
      />
      <CompanyField search={search} onChange={onChange} />
      <Select
        className={styles.wide ?? ''}
        label={m.sorting_label()}
        options={orders
          .filter(one => mayOrder(one.sort, user.masked))
          .map(one => ({ id: `${one.sort} ${one.order}`, label: one.label() }))}
        value={`${sort} ${order}`}
        onChange={id => {
          const one = orders.find(one => id === `${one.sort} ${one.order}`)
          if (one) onChange(sortedBy(search, one))
        }}
      />
      <Button
        className={styles.wide ?? ''}
        icon={ListTree}
        shortcut={shortcutOf('contacts.advanced')}
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

/** Typed, and found among all there are: the one with this very name filters. */
function CompanyField({ search, onChange }: Props) {
  const [text, setText] = useState('')
  const asked = useDebounced(text.trim(), 200)
  const { data: found = [] } = useQuery({ ...companySearchQuery(asked), enabled: asked !== '' })
  const said = folded(text.trim())
  const match = said === '' ? undefined : found.find(({ name }) => folded(name) === said)?.id
  const latest = useRef({ search, onChange })
  latest.current = { search, onChange }
  // What was found comes after what was typed.
  useEffect(() => {
    const { search, onChange } = latest.current
    if (match !== undefined && match !== search.company) onChange({ ...search, company: match })
  }, [match])
  const take = (typed: string) => {
    setText(typed)
    if (search.company !== undefined && folded(typed.trim()) !== said)
      onChange({ ...search, company: undefined })
  }
  return (
    <TextField
      className={styles.wide ?? ''}
      label={m.field_company()}
      placeholder={search.company === undefined ? first.interactions_filter_any() : `#${search.company}`}
      value={text}
      onChange={take}
      suggestions={found.map(({ name }) => name)}
    />
  )
}
