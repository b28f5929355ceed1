import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { FileX2 } from 'lucide-react'
import { isProblem } from '@/api/problem'
import { contactListsQuery } from '@/api/queries'
import { m } from '@/i18n/admin'
import { bytes } from '@/lib/bytes'
import { EmptyState, ErrorNote, Pill, Skeleton } from '@/ui'
import styles from './Import.module.css'
import { Prepare } from './Prepare'
import { importQuery } from './queries'
import { Result } from './Result'
import { stateTones, stateWords } from './words'

/** A file of contacts: how it is read, what becomes of it, and how far it is. */
export default function ImportPage() {
  const { importId } = useParams({ from: '/desk/frame/contacts/imports/$importId' })
  const { data, error, refetch } = useQuery(importQuery(importId))
  const { data: lists } = useQuery(contactListsQuery)
  if (error && !data) {
    return (
      <div className={styles.page}>
        {isProblem(error) && error.status === 404 ? (
          <EmptyState icon={FileX2} title={m.import_missing_title()}>
            {m.import_missing()}
          </EmptyState>
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )}
      </div>
    )
  }
  const list = lists?.find(({ id }) => id === data?.list_id)?.name
  return (
    <div className={styles.page} aria-busy={!data}>
      <title>{`${data?.name ?? m.import_title()} · Pronto`}</title>
      <header>
        <p className={styles.crumb}>
          <Link to="/contacts/imports">{m.import_title()}</Link>
        </p>
        {data ? (
          <>
            <h1 className={styles.title}>
              {data.name} <Pill tone={stateTones[data.state]}>{stateWords[data.state]()}</Pill>
            </h1>
            <p className={styles.lead}>
              {bytes(data.size)}
              {list && ` · ${m.import_goes_to({ list })}`}
            </p>
          </>
        ) : (
          <Skeleton width={280} height={24} />
        )}
      </header>
      {data && <Result one={data} />}
      {data && (data.state === 'uploaded' || data.state === 'checked') && (
        <Prepare key={data.id} one={data} />
      )}
    </div>
  )
}
