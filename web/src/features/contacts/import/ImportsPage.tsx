import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FileSpreadsheet, Upload } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { url } from '@/api/client'
import { isProblem } from '@/api/problem'
import { contactListsQuery } from '@/api/queries'
import type { ContactImport, ContactList } from '@/api/types'
import { upload } from '@/api/upload'
import { m } from '@/i18n/admin'
import { bytes } from '@/lib/bytes'
import { Button, cx, DateTime, EmptyState, ErrorNote, Note, Pill, Select, Skeleton, Table } from '@/ui'
import styles from './Import.module.css'
import { Progress } from './Progress'
import { importKey, importsQuery } from './queries'
import { stateTones, stateWords } from './words'

/** Bytes: what the server takes. */
const sizeAtMost = 60_000_000

/** Files of contacts: a new one, and those that were brought in. */
export default function ImportsPage() {
  const navigate = useNavigate()
  const query = useInfiniteQuery(importsQuery)
  const { data: lists, error } = useQuery(contactListsQuery)
  const open = lists?.filter(mayAdd) ?? []
  const found = query.data?.pages.flat() ?? []
  const names = new Map(lists?.map(({ id, name }) => [id, name]))
  return (
    <div className={styles.page}>
      <title>{`${m.import_title()} · Pronto`}</title>
      <header>
        <h1 className={styles.title}>{m.import_title()}</h1>
        <p className={styles.lead}>{m.import_lead()}</p>
      </header>
      {error && <ErrorNote error={error} />}
      {lists && open.length === 0 && <Note tone="info">{m.import_no_list()}</Note>}
      {open.length > 0 && <HandIn lists={open} />}
      <section aria-labelledby="imports" aria-busy={query.isPending}>
        <h2 id="imports" className={styles.heading}>
          {m.import_before()}
        </h2>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={96} />}
        {query.data && (
          <Table<ContactImport>
            label={m.import_before()}
            rows={found}
            rowKey={({ id }) => id}
            rowName={({ name }) => name}
            onOpen={({ id }) =>
              void navigate({ to: '/contacts/imports/$importId', params: { importId: id } })
            }
            empty={
              <EmptyState icon={FileSpreadsheet} title={m.import_none_title()}>
                {m.import_none()}
              </EmptyState>
            }
            columns={[
              { id: 'name', label: m.import_file(), cell: ({ name }) => name },
              {
                id: 'list',
                label: m.import_list(),
                isMinor: true,
                cell: ({ list_id }) => names.get(list_id) ?? `#${list_id}`,
              },
              {
                id: 'state',
                label: m.settings_state(),
                cell: ({ state }) => <Pill tone={stateTones[state]}>{stateWords[state]()}</Pill>,
              },
              {
                id: 'rows',
                label: m.import_made(),
                align: 'end',
                cell: ({ made, updated }) => (made + updated).toLocaleString(),
              },
              {
                id: 'at',
                label: m.import_at(),
                isMinor: true,
                align: 'end',
                cell: ({ created_at }) => <DateTime at={created_at} />,
              },
            ]}
          />
        )}
        {query.hasNextPage && (
          <Button isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
            {m.import_more()}
          </Button>
        )}
      </section>
    </div>
  )
}

function mayAdd({ level, deleted_at }: ContactList): boolean {
  return deleted_at === null && (level === 'add' || level === 'edit' || level === 'merge_delete')
}

function HandIn({ lists }: { lists: readonly ContactList[] }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const running = useRef<AbortController>(null)
  const [list, setList] = useState(lists[0]?.id ?? 0)
  const [done, setDone] = useState<number | null>(null)
  const [refused, setRefused] = useState<unknown>(null)
  const [isOver, setOver] = useState(false)
  useEffect(() => () => running.current?.abort(), [])
  const take = async (file: File | undefined) => {
    if (!file || done !== null) return
    setRefused(null)
    if (file.size > sizeAtMost) return setRefused(m.import_too_large({ limit: bytes(sizeAtMost) }))
    const stop = new AbortController()
    running.current = stop
    setDone(0)
    try {
      const made = await upload<ContactImport>(
        'POST',
        url('/contact_imports', { list_id: list, name: file.name }),
        file,
        { onProgress: setDone, signal: stop.signal },
      )
      client.setQueryData(importKey(made.id), made)
      await navigate({ to: '/contacts/imports/$importId', params: { importId: made.id } })
    } catch (problem) {
      if (!stop.signal.aborted) setRefused(fileWords(problem) ?? problem)
    } finally {
      setDone(null)
      if (input.current) input.current.value = ''
    }
  }
  return (
    <section
      className={cx(styles.drop, isOver && styles.over)}
      aria-label={m.import_new()}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        void take(event.dataTransfer.files[0])
      }}
    >
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={m.import_choose()}
        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
        onChange={event => void take(event.target.files?.[0])}
      />
      {lists.length > 1 && (
        <Select
          label={m.import_into()}
          options={lists.map(({ id, name }) => ({ id, label: name }))}
          value={list}
          onChange={setList}
        />
      )}
      {done === null ? (
        <Button variant="primary" icon={Upload} onPress={() => input.current?.click()}>
          {m.import_choose()}
        </Button>
      ) : (
        <Progress label={m.import_uploading()} done={done} />
      )}
      <p className={styles.lead}>{m.import_drop({ limit: bytes(sizeAtMost) })}</p>
      {typeof refused === 'string' && <Note tone="danger">{refused}</Note>}
      {refused !== null && typeof refused !== 'string' && <ErrorNote error={refused} />}
    </section>
  )
}

/** What is wrong with the file itself. */
function fileWords(problem: unknown): string | null {
  const field = isProblem(problem) ? problem.fields.find(({ name }) => name === 'file') : undefined
  switch (field?.code) {
    case 'empty':
      return m.import_file_empty()
    case 'format':
      return m.import_file_format()
    case 'too_many':
      return m.import_file_wide()
    default:
      return null
  }
}
