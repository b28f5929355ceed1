import { UserRoundX } from 'lucide-react'
import { isProblem } from '@/api/problem'
import { BackToList } from '@/features/contacts/form/BackToList'
import { m } from '@/i18n/pages'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorNote } from '@/ui/ErrorNote'
import styles from './Card.module.css'

/** There is no such contact for whoever looks, or it could not be read. */
export function Absent({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div className={styles.absent}>
      <title>{`${m.contact_page()} · Pronto`}</title>
      <BackToList />
      {isProblem(error) && error.status === 404 ? (
        <EmptyState icon={UserRoundX} title={m.contact_missing_title()}>
          {m.contact_missing()}
        </EmptyState>
      ) : (
        <ErrorNote error={error} onRetry={onRetry} />
      )}
    </div>
  )
}
