import { useQuery } from '@tanstack/react-query'
import { queuesQuery, teamsQuery, usersQuery } from '@/api/queries'
import { m } from '@/i18n/admin'
import { Note } from '@/ui'
import type { AccountDraft } from './account'
import { reach } from './reach'

/** Says so while customers would write to nobody. */
export function ReachNotes({ draft }: { draft: AccountDraft }) {
  const { data: queues } = useQuery(queuesQuery)
  const { data: teams } = useQuery(teamsQuery)
  const { data: users } = useQuery(usersQuery)
  if (!queues || !teams || !users) return null
  const { isNobody, empty, apart } = reach(draft, queues, teams, users)
  return (
    <>
      {isNobody && <Note tone="warning">{m.settings_account_nobody()}</Note>}
      {empty.map(({ id, name }) => (
        <Note key={id} tone="warning">
          {m.settings_account_queue_empty({ queue: name })}
        </Note>
      ))}
      {apart.map(({ id, name }) => (
        <Note key={id} tone="warning">
          {m.settings_account_queue_apart({ queue: name })}
        </Note>
      ))}
    </>
  )
}
