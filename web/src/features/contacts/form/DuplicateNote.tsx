import { Link } from '@tanstack/react-router'
import type { ApiProblem } from '@/api/problem'
import { m } from '@/i18n/pages'
import { Note } from '@/ui/Note'
import styles from './Form.module.css'

/** Who is in the list with this number or address already. */
export function DuplicateNote({ problem }: { problem: ApiProblem }) {
  return (
    <Note tone="warning">
      {m.contacts_duplicate()}
      <ul className={styles.twins}>
        {twinsOf(problem).map(({ id, name }) => (
          <li key={id}>
            <Link to="/contacts/$contactId" params={{ contactId: id }} target="_blank">
              {name || `#${id}`}
            </Link>
          </li>
        ))}
      </ul>
    </Note>
  )
}

export function twinsOf({ params }: ApiProblem): { id: number; name: string }[] {
  const found = Array.isArray(params.contacts) ? params.contacts : []
  return found.filter((one): one is { id: number; name: string } => typeof one?.id === 'number')
}
