import { Coffee, Inbox, SearchX } from 'lucide-react'
import { m } from '@/i18n'
import { EmptyState } from '@/ui/EmptyState'
import { ClearFilters } from './ClearFilters'
import type { InteractionSearch } from './search'
import { narrowedBy, viewOf } from './views'

/** Nothing to show teaches what to do, or how to see more. */
export default function NoRows({ search }: { search: InteractionSearch }) {
  if (search.search || narrowedBy(search).length > 0) {
    return (
      <EmptyState
        icon={SearchX}
        title={m.interactions_none_title()}
        action={<ClearFilters search={search} />}
      >
        {m.interactions_none()}
      </EmptyState>
    )
  }
  const view = viewOf(search)?.id
  if (view === 'mine') {
    return (
      <EmptyState icon={Coffee} title={m.interactions_empty_mine_title()}>
        {m.interactions_empty_mine()}
      </EmptyState>
    )
  }
  if (view === 'waiting' || view === 'unassigned') {
    return (
      <EmptyState icon={Coffee} title={m.interactions_empty_waiting_title()}>
        {m.interactions_empty_waiting()}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Inbox} title={m.interactions_empty_title()}>
      {m.interactions_empty()}
    </EmptyState>
  )
}
