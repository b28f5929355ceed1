import { useNavigate } from '@tanstack/react-router'
import { m } from '@/i18n'
import { Button } from '@/ui/Button'
import type { InteractionSearch } from './search'
import { nothingNarrowed, viewOf } from './views'

/** Back to the whole view; which view it is stays. */
export function ClearFilters({ search }: { search: InteractionSearch }) {
  const navigate = useNavigate()
  const agent = viewOf(search)?.isMine ? search.agent : undefined
  return (
    <Button
      size="small"
      onPress={() =>
        void navigate({ to: '.', search: { ...search, ...nothingNarrowed, agent }, replace: true })
      }
    >
      {m.interactions_filter_clear()}
    </Button>
  )
}
