import type { ContactField } from '@/api/types'
import { fieldsOf } from '@/features/sidebar/own'
import { m } from '@/i18n/pages'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import { TextField } from '@/ui/TextField'
import { ownKey } from './draft'
import { Section } from './Section'
import type { ContactForm } from './useContactForm'

/** The custom fields of the list. */
export function OwnInputs({ form }: { form: ContactForm }) {
  const { list_id } = form.draft
  const fields = list_id === null ? [] : fieldsOf(form.own, { list_id })
  if (fields.length === 0) return null
  return (
    <Section title={m.sidebar_own_fields()}>
      {fields.map(field => (
        <OwnInput key={field.id} field={field} form={form} />
      ))}
    </Section>
  )
}

/** Stands for none: a choice needs a key that no option can have. */
const none = '\0'

function OwnInput({ field, form }: { field: ContactField; form: ContactForm }) {
  const key = ownKey(field)
  const value = form.draft[key]
  const isMasked = form.isMasked(key)
  const common = {
    label: field.required ? m.contacts_required({ name: field.name }) : field.name,
    error: form.misfits[key],
    isDisabled: isMasked,
  }
  if (field.kind === 'switch' && !isMasked) {
    return <Switch {...common} isSelected={value === true} onChange={on => form.set(key, on)} />
  }
  const text = typeof value === 'string' ? value : ''
  if (field.kind === 'select' && !isMasked) {
    // What was taken out of the choices stays with whom it was chosen for.
    const options = text === '' || field.options.includes(text) ? field.options : [text, ...field.options]
    return (
      <Select
        {...common}
        options={[
          ...(field.required && text !== '' ? [] : [{ id: none, label: m.sidebar_own_none() }]),
          ...options.map(option => ({ id: option, label: option })),
        ]}
        value={text || none}
        onChange={chosen => form.set(key, chosen === none ? '' : chosen)}
      />
    )
  }
  const type = field.kind === 'date_time' ? 'datetime-local' : field.kind === 'url' ? 'url' : 'text'
  return (
    <TextField
      {...common}
      type={type}
      inputMode={field.kind === 'number' ? 'decimal' : undefined}
      {...(isMasked && { description: m.sidebar_masked() })}
      value={text}
      onChange={typed => form.set(key, typed)}
    />
  )
}
