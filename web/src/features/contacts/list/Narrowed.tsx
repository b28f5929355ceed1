import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'react-aria-components/Button'
import { keys } from '@/api/keys'
import type { Company, Contact } from '@/api/types'
import { useSources } from '@/features/conditions/useSources'
import { Chip, Conditions } from '@/features/list/Chip'
import styles from '@/features/list/Filters.module.css'
import KeepView from '@/features/views/KeepView'
import { m } from '@/i18n'
import { contactShelf } from './saved'
import { type ContactSearch, narrowedBy, nothingNarrowed } from './search'
import { sortWords } from './sorting'

interface Props {
  search: ContactSearch
  onChange: (next: ContactSearch) => void
}

/** What is filtered by, each with its way out. */
export function Narrowed({ search, onChange }: Props) {
  const sources = useSources('contact')
  const companyName = useCompanyName(search.company)
  const nameOf = (list: readonly { id: number; name: string }[], id: unknown) =>
    list.find(one => one.id === id)?.name ?? `#${id}`
  const wordsOf = (name: keyof ContactSearch): string => {
    if (name === 'tags') return (search.tags ?? []).map(id => nameOf(sources.tags, id)).join(', ')
    if (name === 'company') return companyName
    if (name === 'sort') return sortWords(search)
    return search.owner === 'me' ? m.interactions_filter_me() : nameOf(sources.agents, search.owner)
  }
  return (
    <div className={styles.narrowed}>
      {narrowedBy(search).map(name =>
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
            words={wordsOf(name)}
            onRemove={() =>
              onChange({ ...search, [name]: undefined, ...(name === 'sort' && { order: undefined }) })
            }
          />
        ),
      )}
      <Button className={styles.clear ?? ''} onPress={() => onChange({ ...search, ...nothingNarrowed })}>
        {m.interactions_filter_clear()}
      </Button>
      <KeepView shelf={contactShelf} search={search} onChange={onChange} />
    </div>
  )
}

/** As the rows and the searches for companies name it. */
function useCompanyName(id: number | undefined): string {
  const client = useQueryClient()
  if (id === undefined) return ''
  const searched = client.getQueriesData<Company[]>({ queryKey: keys.collection('companies') })
  for (const [, found] of searched) {
    const one = Array.isArray(found) ? found.find(company => company.id === id) : undefined
    if (one) return one.name
  }
  const contacts = client.getQueriesData<Contact>({ queryKey: keys.contacts })
  return contacts.find(([, one]) => one?.company_id === id)?.[1]?.company ?? `#${id}`
}
