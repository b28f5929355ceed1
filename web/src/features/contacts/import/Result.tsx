import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { url } from '@/api/client'
import type { ContactImport, ImportOutcome, ImportRow } from '@/api/types'
import { BrokeOff, fetchFile, saveBlob } from '@/features/record/download'
import { locale } from '@/i18n'
import { m } from '@/i18n/admin'
import {
  Button,
  ConfirmDialog,
  cx,
  ErrorNote,
  Note,
  Skeleton,
  Tab,
  TabList,
  Table,
  TabPanel,
  Tabs,
} from '@/ui'
import { type Task, work } from './actions'
import styles from './Import.module.css'
import { Progress } from './Progress'
import { isBusy, rowsQuery } from './queries'
import { countOf, outcomes, outcomeWords, reasonWords, stateWords } from './words'

/** How far it is, what became of its rows or would, and what can be done about it. */
export function Result({ one }: { one: ContactImport }) {
  const client = useQueryClient()
  const [pending, setPending] = useState<Task | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isAsking, setAsking] = useState(false)
  const { state } = one
  const run = async (task: Task) => {
    setPending(task)
    setError(null)
    try {
      await work(client, one, task)
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(null)
    }
  }
  const isCounted = state !== 'uploaded' && state !== 'undone' && state !== 'undoing'
  return (
    <>
      {isBusy(one) && <Progress label={stateWords[state]()} done={share(one)} />}
      {one.error && <Note tone="danger">{m.import_error({ error: one.error })}</Note>}
      {state === 'checked' && <Note tone="info">{m.import_checked()}</Note>}
      {state === 'stopped' && <Note tone="warning">{m.import_stopped({ rows: number(one.rows_read) })}</Note>}
      {state === 'undone' && (
        <Note tone="info">
          {one.kept > 0 ? m.import_undone_but({ count: number(one.kept) }) : m.import_undone()}
        </Note>
      )}
      {isCounted && (
        <dl className={styles.counts}>
          {(['new', 'updated', 'duplicate', 'invalid'] as const).map(outcome => (
            <div key={outcome} className={cx(styles.count, styles[outcome])}>
              <dt>{outcomeWords[outcome]()}</dt>
              <dd>{number(countOf(one, outcome))}</dd>
            </div>
          ))}
          <div className={styles.count}>
            <dt>{m.import_rows()}</dt>
            <dd>{number(one.rows_read)}</dd>
          </div>
        </dl>
      )}
      {error !== null && <ErrorNote error={error} />}
      <div className={styles.tasks}>
        {(state === 'checking' || state === 'running') && (
          <Button isPending={pending === 'stop'} onPress={() => void run('stop')}>
            {m.import_stop()}
          </Button>
        )}
        {state === 'stopped' && (
          <Button variant="primary" isPending={pending === 'run'} onPress={() => void run('run')}>
            {m.import_go_on()}
          </Button>
        )}
        {(state === 'stopped' || state === 'done' || state === 'failed') && (
          <Button variant="danger" onPress={() => setAsking(true)}>
            {m.import_undo()}
          </Button>
        )}
      </div>
      {isAsking && (
        <ConfirmDialog
          title={m.import_undo_title()}
          confirm={m.import_undo()}
          isDanger
          isOpen
          onOpenChange={setAsking}
          onConfirm={() => work(client, one, 'undo')}
        >
          {m.import_undo_help({ made: number(one.made), updated: number(one.updated) })}
        </ConfirmDialog>
      )}
      {isCounted && !isBusy(one) && one.duplicates + one.invalid > 0 && <Rejects one={one} />}
      {isCounted && !isBusy(one) && <Rows one={one} />}
    </>
  )
}

/** The rows that were not taken, as a file that can be mended and handed in again. */
function Rejects({ one }: { one: ContactImport }) {
  const [pending, setPending] = useState<'csv' | 'xlsx' | null>(null)
  const [error, setError] = useState<unknown>(null)
  const running = useRef<AbortController>(null)
  useEffect(() => () => running.current?.abort(), [])
  const take = async (format: 'csv' | 'xlsx') => {
    const stop = new AbortController()
    running.current = stop
    setPending(format)
    setError(null)
    try {
      const address = url(`/contact_imports/${one.id}/rejects/${format}`)
      saveBlob(await fetchFile(address, { signal: stop.signal }), `import-${one.id}-rejected.${format}`)
    } catch (problem) {
      if (!stop.signal.aborted) setError(problem)
    } finally {
      setPending(null)
    }
  }
  return (
    <>
      <div className={styles.tasks}>
        <span className={styles.lead}>{m.import_rejects()}</span>
        {(['csv', 'xlsx'] as const).map(format => (
          <Button
            key={format}
            size="small"
            icon={Download}
            isPending={pending === format}
            isDisabled={pending !== null && pending !== format}
            onPress={() => void take(format)}
          >
            {format === 'csv' ? 'CSV' : 'XLSX'}
          </Button>
        ))}
      </div>
      {error instanceof BrokeOff ? (
        <Note tone="danger">{m.record_broke()}</Note>
      ) : (
        error !== null && <ErrorNote error={error} />
      )}
    </>
  )
}

/** How far, between 0 and 1; `null` while the file's end was not seen. */
function share({ state, rows_read, rows_total }: ContactImport): number | null {
  return state === 'undoing' || !rows_total ? null : rows_read / rows_total
}

function Rows({ one }: { one: ContactImport }) {
  const some = outcomes.filter(outcome => countOf(one, outcome) > 0)
  const [chosen, setChosen] = useState<ImportOutcome>(some[0] ?? 'new')
  if (some.length === 0) return null
  return (
    <section aria-label={m.import_rows_label()}>
      <Tabs selectedKey={chosen} onSelectionChange={key => setChosen(key as ImportOutcome)}>
        <TabList aria-label={m.import_rows_label()}>
          {some.map(outcome => (
            <Tab key={outcome} id={outcome}>
              {outcomeWords[outcome]()} ({number(countOf(one, outcome))})
            </Tab>
          ))}
        </TabList>
        {some.map(outcome => (
          <TabPanel key={outcome} id={outcome}>
            <Page one={one} outcome={outcome} />
          </TabPanel>
        ))}
      </Tabs>
    </section>
  )
}

function Page({ one, outcome }: { one: ContactImport; outcome: ImportOutcome }) {
  const query = useInfiniteQuery(rowsQuery(one, outcome))
  const rows = query.data?.pages.flat() ?? []
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton height={120} />
  const isWrong = outcome === 'invalid' || outcome === 'duplicate'
  return (
    <>
      <Table<ImportRow>
        label={outcomeWords[outcome]()}
        rows={rows}
        rowKey={({ number: row }) => row}
        columns={[
          { id: 'row', label: m.import_row(), width: '64px', align: 'end', cell: row => number(row.number) },
          ...(isWrong
            ? [
                {
                  id: 'why',
                  label: m.import_why(),
                  width: '34%',
                  cell: (row: ImportRow) => <Why row={row} one={one} />,
                },
              ]
            : []),
          { id: 'cells', label: m.import_says(), cell: row => <Cells row={row} /> },
        ]}
      />
      {query.hasNextPage && (
        <Button isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
          {m.import_more()}
        </Button>
      )}
      {!isWrong && countOf(one, outcome) > rows.length && !query.hasNextPage && (
        <p className={styles.lead}>{m.import_first_rows({ count: number(rows.length) })}</p>
      )}
    </>
  )
}

function Why({ row, one }: { row: ImportRow; one: ContactImport }) {
  return (
    <ul className={styles.reasons}>
      {row.reasons.map(reason => {
        const column = reason.column ?? null
        return (
          <li key={`${column} ${reason.code}`}>
            {column !== null && (
              <strong>{one.headings[column] || m.import_column_number({ number: column + 1 })}: </strong>
            )}
            {column !== null && <q>{row.cells[column]}</q>} {reasonWords(reason)}
            {row.contact_id !== null && row.contact_id !== undefined && (
              <>
                {' '}
                <Link to="/contacts/$contactId" params={{ contactId: row.contact_id }}>
                  {m.import_whom()}
                </Link>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function Cells({ row }: { row: ImportRow }) {
  return <span className={styles.cells}>{row.cells.filter(cell => cell !== '').join(' · ')}</span>
}

function number(count: number): string {
  return count.toLocaleString(locale())
}
