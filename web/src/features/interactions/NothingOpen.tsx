import { MessagesSquare } from 'lucide-react'
import { m } from '@/i18n'
import { EmptyState } from '@/ui/EmptyState'

/** Beside the list, until an interaction is chosen. */
export default function NothingOpen() {
  return (
    <EmptyState icon={MessagesSquare} title={m.interactions_pick_title()}>
      {m.interactions_pick()}
    </EmptyState>
  )
}
