import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { isProblem, problemWords } from '@/api/problem'
import { contactFieldsQuery } from '@/api/queries'
import type { Contact, ContactField, FieldValue } from '@/api/types'
import { m } from '@/i18n/pages'
import { ErrorNote } from '@/ui/ErrorNote'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import { Detail, type DetailType } from './Detail'
import { Fact, Facts } from './Facts'
import { fieldsOf, shownOf, textOf, typedOf } from './own'
import styles from './Sidebar.module.css'

type Save = (fields: Record<string, FieldValue | null>) => Promise<void>

interface Props {
  contact: Contact
  mayEdit: boolean
  onSave: Save
}

/** What the company has added to its contacts; each is changed where it stands. */
export function OwnFields({ contact, mayEdit, onSave }: Props) {
  const { data, error, refetch } = useQuery(contactFieldsQuery)
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />
  const fields = fieldsOf(data ?? [], contact)
  if (fields.length === 0) return null
  return (
    <Facts title={m.sidebar_own_fields()}>
      {fields.map(field => (
        <Own key={field.id} field={field} contact={contact} mayEdit={mayEdit} onSave={onSave} />
      ))}
    </Facts>
  )
}

interface OwnProps extends Props {
  field: ContactField
}

function Own({ field, contact, mayEdit, onSave }: OwnProps) {
  const value = contact.fields[field.key]
  const isMasked = contact.masked.includes(`fields.${field.key}`)
  const save = (next: FieldValue | null) => onSave({ [field.key]: next })
  if (!isMasked && mayEdit && field.kind === 'switch')
    return <OnOff field={field} value={value} onSave={save} />
  if (!isMasked && mayEdit && field.kind === 'select')
    return <Choice field={field} value={value} onSave={save} />
  return (
    <>
      <Detail
        name={`fields.${field.key}`}
        label={field.name}
        type={types[field.kind]}
        value={isMasked ? String(value ?? '') : textOf(field, value)}
        shown={isMasked ? undefined : shownOf(field, value)}
        isMasked={isMasked && value !== undefined}
        mayEdit={mayEdit && !isMasked}
        isRequired={false}
        check={text => {
          const typed = typedOf(field, text)
          return 'wrong' in typed ? typed.wrong : undefined
        }}
        onSave={async text => {
          const typed = typedOf(field, text)
          if ('value' in typed) await save(typed.value)
        }}
      />
      {field.kind === 'url' && !isMasked && typeof value === 'string' && (
        <Fact label="">
          <a className={styles.link} href={value} target="_blank" rel="noreferrer">
            {m.sidebar_own_open({ name: field.name })}
            <ExternalLink size={12} aria-hidden="true" />
          </a>
        </Fact>
      )}
    </>
  )
}

const types: Record<ContactField['kind'], DetailType> = {
  text: 'text',
  select: 'text',
  switch: 'text',
  number: 'number',
  date_time: 'datetime-local',
  url: 'url',
}

interface Acting {
  field: ContactField
  value: FieldValue | undefined
  onSave: (value: FieldValue | null) => Promise<void>
}

function OnOff({ field, value, onSave }: Acting) {
  const [error, act] = useActing(field, onSave)
  return (
    <Fact label={field.name} isDrawn>
      <Switch
        label={value === true ? m.sidebar_on() : m.sidebar_off()}
        aria-label={field.name}
        isSelected={value === true}
        onChange={act}
        error={error}
      />
    </Fact>
  )
}

/** Stands for none: a choice needs a key that no option can have. */
const none = '\0'

function Choice({ field, value, onSave }: Acting) {
  const [error, act] = useActing(field, onSave)
  const held = typeof value === 'string' ? value : null
  // What was taken out of the choices stays with whom it was chosen for.
  const options = held === null || field.options.includes(held) ? field.options : [held, ...field.options]
  return (
    <Fact label={field.name}>
      <Select
        label={field.name}
        hideLabel
        size="small"
        error={error}
        value={held ?? none}
        options={[
          ...(field.required && held !== null ? [] : [{ id: none, label: m.sidebar_own_none() }]),
          ...options.map(option => ({ id: option, label: option })),
        ]}
        onChange={chosen => chosen !== (held ?? none) && act(chosen === none ? null : chosen)}
      />
    </Fact>
  )
}

function useActing(field: ContactField, onSave: Acting['onSave']) {
  const [error, setError] = useState<string>()
  const act = (value: FieldValue | null) => {
    setError(undefined)
    onSave(value).catch(problem => setError(wordsOf(field, problem)))
  }
  return [error, act] as const
}

function wordsOf({ key, name }: ContactField, problem: unknown): string {
  const said = isProblem(problem) ? problem.field(`fields.${key}`) : undefined
  return said ? `${name}: ${said}` : problemWords(problem)
}
