import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { ChevronLeft, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DeliveryDetail } from '@/api/types'
import { m } from '@/i18n/admin'
import { bytes } from '@/lib/bytes'
import { CopyButton, DateTime, EmptyState, ErrorNote, Pill, Skeleton } from '@/ui'
import styles from './Delivery.module.css'
import { pretty } from './json'
import { Outcomes } from './Outcomes'
import { Payload } from './Payload'
import { deliveryQuery } from './queries'
import { Remedy } from './Remedy'
import { Replay } from './Replay'
import { stateWords } from './states'

/** One delivery: what came, what became of it, and what can be done. */
export default function DeliveryPage() {
  const { deliveryId } = useParams({ from: '/desk/frame/ledger/$deliveryId' })
  const search = useSearch({ from: '/desk/frame/ledger' })
  const { data, error, refetch } = useQuery(deliveryQuery(deliveryId))
  return (
    <article className={styles.pane} aria-labelledby="delivery-title">
      <header className={styles.header}>
        <Link to="/ledger" search={search} className={styles.close} aria-label={m.ledger_close()}>
          <ChevronLeft className={styles.back} size={20} strokeWidth={1.75} aria-hidden="true" />
          <X className={styles.cross} size={20} strokeWidth={1.75} aria-hidden="true" />
        </Link>
        <h2 id="delivery-title" className={styles.title}>
          {m.ledger_delivery({ id: deliveryId })}
        </h2>
        {data && <Replay delivery={data.delivery} />}
      </header>
      <div className={styles.body}>
        {data ? (
          <Detail detail={data} />
        ) : error ? (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        ) : (
          <div className={styles.loading} aria-busy="true">
            <span className="visually-hidden">{m.ui_loading()}</span>
            <Skeleton width="50%" />
            <Skeleton width="70%" />
          </div>
        )}
      </div>
    </article>
  )
}

function Detail({ detail: { delivery, headers, body, outcomes } }: { detail: DeliveryDetail }) {
  const { tone, icon, label, help } = stateWords[delivery.state]
  const text = pretty(body ?? '')
  return (
    <>
      <dl className={styles.facts}>
        <Fact label={m.ledger_state()}>
          <Pill tone={tone} icon={icon}>
            {label()}
          </Pill>
        </Fact>
        <Fact label={m.ledger_received()}>
          <DateTime at={delivery.received_at} />
        </Fact>
        <Fact label={m.ledger_account()}>{delivery.account.name}</Fact>
        <Fact label={m.ledger_size()}>{bytes(delivery.size)}</Fact>
        {delivery.replays > 0 && <Fact label={m.ledger_replayed()}>{delivery.replays}</Fact>}
      </dl>
      <p>{help()}</p>
      {delivery.reason && (
        <p className={styles.reason}>
          <strong>{m.ledger_reason()}</strong> {delivery.reason}
        </p>
      )}
      <Remedy delivery={delivery} />
      {outcomes.length > 0 && (
        <Section title={m.ledger_outcomes()}>
          <Outcomes outcomes={outcomes} />
        </Section>
      )}
      <Section
        title={m.ledger_body()}
        tools={body ? <CopyButton text={text} label={m.ledger_body_copy()} /> : undefined}
      >
        {body ? (
          <Payload text={text} />
        ) : (
          <EmptyState title={body === null ? m.ledger_body_hidden() : m.ledger_body_empty()} />
        )}
      </Section>
      <Section title={m.ledger_headers()}>
        <dl className={styles.headers}>
          {Object.entries(headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Section({ title, tools, children }: { title: string; tools?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <header className={styles.sectionHeader}>
        <h3>{title}</h3>
        {tools}
      </header>
      {children}
    </section>
  )
}
