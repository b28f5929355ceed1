import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ContactRound, SearchX } from 'lucide-react'
import { contactListsQuery } from '@/api/queries'
import { listsWith } from '@/features/contacts/words'
import { m as first } from '@/i18n'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { type ContactSearch, narrowedBy, nothingNarrowed } from './search'
import { viewOf } from './views'

interface Props {
  search: ContactSearch
  onChange: (search: ContactSearch) => void
}

/** Nothing to show teaches what to do, or how to see more. */
export function NoContacts({ search, onChange }: Props) {
  const { data: lists } = useQuery(contactListsQuery)
  if (search.search || narrowedBy(search).some(name => name !== 'sort')) {
    return (
      <EmptyState
        icon={SearchX}
        title={first.interactions_none_title()}
        action={
          <Button size="small" onPress={() => onChange({ ...search, ...nothingNarrowed, search: undefined })}>
            {first.interactions_filter_clear()}
          </Button>
        }
      >
        {first.interactions_none()}
      </EmptyState>
    )
  }
  const view = viewOf(search)?.id
  if (view === 'mine' || view === 'deleted') {
    return (
      <EmptyState
        icon={ContactRound}
        title={view === 'mine' ? m.contacts_empty_mine_title() : m.contacts_empty_deleted_title()}
      >
        {view === 'mine' ? m.contacts_empty_mine() : m.contacts_empty_deleted()}
      </EmptyState>
    )
  }
  if (lists?.length === 0) {
    return (
      <EmptyState icon={ContactRound} title={m.contacts_no_lists_title()}>
        {m.contacts_no_lists()}
      </EmptyState>
    )
  }
  const mayAdd = lists && listsWith(lists, 'add').length > 0
  return (
    <EmptyState
      icon={ContactRound}
      title={m.contacts_empty_title()}
      action={mayAdd && <Link to="/contacts/imports">{m.import_contacts()}</Link>}
    >
      {mayAdd ? m.contacts_empty() : m.contacts_empty_view()}
    </EmptyState>
  )
}
