import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { accountsQuery } from '@/api/queries'
import { useProvide } from '@/commands/context'
import { m } from '@/i18n/admin'
import { cx, Select } from '@/ui'
import { DeliveryList } from './DeliveryList'
import styles from './Ledger.module.css'
import { deliveriesQuery } from './queries'
import { StateFilter } from './StateFilter'
import { useNewAbove } from './useNewAbove'

/** What the providers delivered, as it came, and what became of it. */
export default function LedgerPage() {
  const search = useSearch({ from: '/desk/frame/ledger' })
  const { deliveryId } = useParams({ strict: false })
  const navigate = useNavigate({ from: '/ledger' })
  const query = useInfiniteQuery(deliveriesQuery(search))
  const items = useMemo(() => query.data?.pages.flatMap(page => page.items) ?? [], [query.data])
  const { visible, waiting, showAll } = useNewAbove(items, JSON.stringify(search))

  const step = useCallback(
    (by: 1 | -1) => {
      const at = visible.findIndex(({ id }) => id === deliveryId)
      const next = visible[at < 0 ? 0 : at + by]
      if (next) {
        void navigate({
          to: '/ledger/$deliveryId',
          params: { deliveryId: next.id },
          search,
          replace: at >= 0,
        })
      }
    },
    [visible, deliveryId, navigate, search],
  )
  const part = useMemo(() => ({ ledger: { next: () => step(1), previous: () => step(-1) } }), [step])
  useProvide(part)

  return (
    <div className={styles.ledger}>
      <title>{`${m.frame_ledger()} · Pronto`}</title>
      <section
        className={cx(styles.pane, deliveryId !== undefined && styles.behind)}
        aria-labelledby="ledger-title"
      >
        <header className={styles.header}>
          <h1 id="ledger-title" className={styles.title}>
            {m.frame_ledger()}
          </h1>
          <p className={styles.lead}>{m.ledger_lead()}</p>
          <div className={styles.filters}>
            <StateFilter
              value={search.state}
              onChange={state =>
                void navigate({ to: '/ledger', search: { ...without(search, 'state'), ...state } })
              }
            />
            <AccountFilter
              value={search.account}
              onChange={account =>
                void navigate({ to: '/ledger', search: { ...without(search, 'account'), ...account } })
              }
            />
          </div>
        </header>
        <DeliveryList
          query={query}
          deliveries={visible}
          waiting={waiting}
          onShowNew={showAll}
          openId={deliveryId}
          search={search}
        />
      </section>
      <Outlet />
    </div>
  )
}

function without<T extends object, K extends keyof T>(search: T, name: K): Omit<T, K> {
  const { [name]: _, ...rest } = search
  return rest
}

interface AccountProps {
  value: number | undefined
  onChange: (search: { account?: number }) => void
}

/** Only where the accounts may be read, and where there is a choice. */
function AccountFilter({ value, onChange }: AccountProps) {
  const { data: accounts = [] } = useQuery({ ...accountsQuery, retry: false })
  if (accounts.length < 2 && value === undefined) return null
  const options = [
    { id: 0, label: m.ledger_all_accounts() },
    ...accounts.map(({ id, name, key }) => ({ id, label: name, description: key })),
  ]
  return (
    <Select
      label={m.ledger_account()}
      hideLabel
      size="small"
      className={styles.account ?? ''}
      options={options}
      value={value ?? 0}
      onChange={id => onChange(id === 0 ? {} : { account: id })}
    />
  )
}
