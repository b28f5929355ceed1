import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { contactFieldsQuery } from '@/api/queries'
import type { ContactField, ContactImport, ImportFormat, ImportMapping, ImportPreview } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, Checkbox, ErrorNote, Note, RadioGroup, Select, Skeleton, Switch, TextField } from '@/ui'
import { configure, forget, work } from './actions'
import styles from './Import.module.css'
import { assigned, beginning, fieldsOf, matchable, missing, parts, unfilled } from './mapping'
import { previewQuery } from './queries'
import { dateWords, delimiterWords, encodingWords, matchWords, onMatchWords, partWords } from './words'

/** Before it is brought in: how it is read, what its columns are, and how somebody is known again. */
export function Prepare({ one }: { one: ContactImport }) {
  const [format, setFormat] = useState<ImportFormat>(one.format)
  const preview = useQuery(previewQuery(one.id, format))
  return (
    <>
      <section aria-labelledby="import-format">
        <h2 id="import-format" className={styles.heading}>
          {m.import_format()}
        </h2>
        <div className={styles.fields}>
          <Select
            label={m.import_encoding()}
            options={options(encodingWords)}
            value={format.encoding}
            onChange={encoding => setFormat({ ...format, encoding })}
          />
          <Select
            label={m.import_delimiter()}
            options={options(delimiterWords)}
            value={format.delimiter}
            onChange={delimiter => setFormat({ ...format, delimiter })}
          />
          <Select
            label={m.import_dates()}
            options={options(dateWords)}
            value={format.dates}
            onChange={dates => setFormat({ ...format, dates })}
          />
          <Switch
            label={m.import_heading()}
            isSelected={format.heading}
            onChange={heading => setFormat({ ...format, heading })}
          />
        </div>
      </section>
      {preview.isError && <ErrorNote error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.isPending && <Skeleton height={240} />}
      {preview.data && (
        // Read otherwise it has other columns: what was said of those begins anew.
        <Columns
          key={`${format.encoding} ${format.delimiter} ${format.heading}`}
          one={one}
          format={format}
          preview={preview.data}
        />
      )}
    </>
  )
}

interface Props {
  one: ContactImport
  format: ImportFormat
  preview: ImportPreview
}

/** Rows that are shown of each column. */
const samples = 3

function Columns({ one, format, preview }: Props) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: all = [] } = useQuery(contactFieldsQuery)
  const [mapping, setMapping] = useState(() => beginning(one, preview))
  const [tags, setTags] = useState(() => mapping.tags?.join(', ') ?? '')
  const [pending, setPending] = useState<'check' | 'run' | 'forget' | null>(null)
  const [error, setError] = useState<unknown>(null)
  const fields = fieldsOf(all, one.list_id)
  const lacks = unfilled(fields, mapping)
  const isMissing = missing(mapping)
  const run = async (task: 'check' | 'run' | 'forget') => {
    setPending(task)
    setError(null)
    try {
      if (task === 'forget') {
        await forget(client, one)
        await navigate({ to: '/contacts/imports' })
        return
      }
      const said: ImportMapping = { ...mapping, tags: split(tags) }
      await work(client, await configure(client, one, format, said), task)
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(null)
    }
  }
  return (
    <>
      <section aria-labelledby="import-columns">
        <h2 id="import-columns" className={styles.heading}>
          {m.import_columns()}
        </h2>
        <p className={styles.lead}>{m.import_columns_help()}</p>
        <table className={styles.mapping}>
          <thead>
            <tr>
              <th scope="col">{m.import_column()}</th>
              <th scope="col">{m.import_sample()}</th>
              <th scope="col">{m.import_becomes()}</th>
            </tr>
          </thead>
          <tbody>
            {mapping.columns.map((column, at) => {
              const name = preview.headings[at] || m.import_column_number({ number: at + 1 })
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
                <tr key={at} className={column === null ? styles.left : undefined}>
                  <th scope="row">{name}</th>
                  <td>
                    {preview.rows.slice(0, samples).map((row, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the file
                      <span key={index} className={styles.sample}>
                        {row[at]}
                      </span>
                    ))}
                  </td>
                  <td>
                    <Select
                      label={m.import_becomes_of({ name })}
                      hideLabel
                      size="small"
                      options={targets(fields)}
                      value={column ?? leftOut}
                      onChange={to => setMapping(assigned(mapping, at, to === leftOut ? null : to))}
                    />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
        {isMissing && <Note tone="warning">{m.import_missing_columns()}</Note>}
        {lacks.length > 0 && (
          <Note tone="warning">
            {m.import_required({ fields: lacks.map(({ name }) => name).join(', ') })}
          </Note>
        )}
      </section>
      <section aria-labelledby="import-known">
        <h2 id="import-known" className={styles.heading}>
          {m.import_known()}
        </h2>
        <div className={styles.narrow}>
          <fieldset className={styles.keys}>
            <legend>{m.import_match_by()}</legend>
            {matchable(mapping.columns.map(column => column ?? null)).map(key => (
              <Checkbox
                key={key}
                label={matchWords[key]()}
                isSelected={mapping.match_by.includes(key)}
                onChange={on =>
                  setMapping({
                    ...mapping,
                    match_by: on
                      ? [...mapping.match_by, key]
                      : mapping.match_by.filter(other => other !== key),
                  })
                }
              />
            ))}
          </fieldset>
          <RadioGroup
            label={m.import_on_match()}
            isDisabled={mapping.match_by.length === 0}
            options={(['skip', 'fill', 'update'] as const).map(id => ({
              id,
              label: onMatchWords[id].label(),
              description: onMatchWords[id].description(),
            }))}
            value={mapping.on_match}
            onChange={on_match => setMapping({ ...mapping, on_match })}
          />
          <TextField
            label={m.import_tags()}
            description={m.import_tags_help()}
            value={tags}
            onChange={setTags}
          />
        </div>
      </section>
      {error !== null && <ErrorNote error={error} />}
      <div className={styles.bar}>
        <Button
          variant={one.state === 'checked' ? 'normal' : 'primary'}
          isPending={pending === 'check'}
          isDisabled={isMissing || pending !== null}
          onPress={() => void run('check')}
        >
          {m.import_check()}
        </Button>
        <Button
          variant={one.state === 'checked' ? 'primary' : 'normal'}
          isPending={pending === 'run'}
          isDisabled={isMissing || pending !== null}
          onPress={() => void run('run')}
        >
          {m.import_run()}
        </Button>
        <span className={styles.gap} />
        <Button
          variant="quiet"
          isPending={pending === 'forget'}
          isDisabled={pending !== null}
          onPress={() => void run('forget')}
        >
          {m.import_forget()}
        </Button>
      </div>
    </>
  )
}

const leftOut = 'nothing'

function targets(fields: readonly ContactField[]) {
  return [
    { id: leftOut, label: m.import_left_out() },
    ...parts.map(id => ({ id: id as string, label: partWords[id]() })),
    ...fields.map(({ key, name }) => ({
      id: `field:${key}`,
      label: name,
      description: m.import_own_field(),
    })),
  ]
}

function options<K extends string>(words: Record<K, () => string>) {
  return (Object.keys(words) as K[]).map(id => ({ id, label: words[id]() }))
}

function split(tags: string): string[] {
  return tags
    .split(/[,;]/)
    .map(tag => tag.trim())
    .filter(tag => tag !== '')
}
