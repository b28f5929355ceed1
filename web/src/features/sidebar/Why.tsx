import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { decisionsQuery } from '@/api/queries'
import type { Decision, Interaction } from '@/api/types'
import { locale } from '@/i18n'
import { m } from '@/i18n/pages'
import { ErrorNote } from '@/ui/ErrorNote'
import { Skeleton } from '@/ui/Skeleton'
import { DateTime } from '@/ui/Time'
import styles from './Sidebar.module.css'
import { skippedByReason, strategyWords, tieWords } from './whyWords'

/** Why routing asked whom it asked, the newest first. */
export function Why({ interaction }: { interaction: Interaction }) {
  const { data, error, refetch } = useQuery(decisionsQuery(interaction.id))
  const news = `${interaction.state} ${interaction.owner?.id} ${interaction.queue?.id}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of state is a decision
  useEffect(() => {
    void refetch()
  }, [news, refetch])
  return (
    <section className={styles.facts}>
      <h3 className={styles.heading}>{m.sidebar_why()}</h3>
      {error && !data && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton width="70%" />}
      {data?.length === 0 && <p className={styles.remark}>{m.sidebar_why_none()}</p>}
      <ol className={styles.decisions}>
        {data?.map(decision => (
          <One key={`${decision.at} ${decision.queue.id}`} decision={decision} />
        ))}
      </ol>
    </section>
  )
}

function One({ decision }: { decision: Decision }) {
  const names = new Intl.ListFormat(locale()).format(decision.chosen.map(({ name }) => name))
  const skipped = skippedByReason(decision.skipped)
  return (
    <li className={styles.decision}>
      <p className={styles.decisionHead}>
        <strong>{names ? m.sidebar_why_offered({ names }) : m.sidebar_why_nobody()}</strong>
        <DateTime at={decision.at} />
      </p>
      <p>{m.sidebar_why_queue({ queue: decision.queue.name, strategy: strategyWords(decision.strategy) })}</p>
      {decision.tie_break && <p>{tieWords(decision.tie_break)}</p>}
      {skipped.length > 0 && (
        <>
          <p className={styles.skipped}>{m.sidebar_why_skipped()}</p>
          <ul>
            {skipped.map(({ reason, names }) => (
              <li key={reason}>
                {names}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </li>
  )
}
