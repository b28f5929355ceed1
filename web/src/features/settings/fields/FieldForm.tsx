import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Archive, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { problemWords } from '@/api/problem'
import { contactListsQuery } from '@/api/queries'
import type { ContactField } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, FormSection, Note, Select, Switch, TextField, toast } from '@/ui'
import { FormPage } from '../form/FormPage'
import { useResourceForm } from '../form/useResourceForm'
import { TextList } from '../TextList'
import { archiveField } from './actions'
import { blankField, fieldResource, keyFrom, kinds, kindWords } from './field'

const everyList = 0

export function FieldForm({ field }: { field: ContactField | null }) {
  const form = useResourceForm(fieldResource, field, blankField)
  const { data: lists = [] } = useQuery(contactListsQuery)
  const { draft, bind, set } = form
  const setName = (name: string) => {
    // The key follows the name until somebody writes one.
    if (form.isNew && draft.key === keyFrom(draft.name)) set('key', keyFrom(name))
    set('name', name)
  }
  return (
    <FormPage
      form={form}
      section="contact_fields"
      title={field?.name ?? m.settings_field_new()}
      create={m.settings_field_create()}
      actions={field && <Archived field={field} />}
    >
      <FormSection title={m.settings_field()}>
        {field?.archived && <Note tone="info">{m.settings_field_archived_help()}</Note>}
        <TextField {...bind('name')} onChange={setName} isRequired maxLength={60} />
        <TextField
          {...bind('key')}
          isReadOnly={!form.isNew}
          isRequired={form.isNew}
          maxLength={40}
          spellCheck="false"
          autoComplete="off"
          description={m.settings_field_key_help({ token: `{{contact.fields.${draft.key || 'key'}}}` })}
        />
        <Select
          {...bind('kind')}
          isDisabled={!form.isNew}
          description={form.isNew ? m.settings_field_kind_help() : m.settings_field_kind_fixed()}
          options={kinds.map(id => ({ id, label: kindWords[id]() }))}
        />
        {draft.kind === 'select' && (
          <TextList
            {...bind('options')}
            name="options"
            help={m.settings_field_options_help()}
            item={number => m.settings_field_option({ number })}
            add={m.settings_field_option_add()}
            most={100}
            maxLength={100}
            misfits={form.misfits}
          />
        )}
        {(lists.length > 1 || draft.list_id !== everyList) && (
          <Select
            {...bind('list_id')}
            isDisabled={!form.isNew}
            options={[
              { id: everyList, label: m.settings_field_every_list() },
              ...lists.map(({ id, name }) => ({ id, label: name })),
            ]}
          />
        )}
      </FormSection>
      <FormSection title={m.settings_rules()}>
        <Switch
          label={m.settings_field_required()}
          description={m.settings_field_required_help()}
          isSelected={draft.required}
          onChange={on => set('required', on)}
        />
        <Switch
          label={m.settings_field_sensitive()}
          description={m.settings_field_sensitive_help()}
          isSelected={draft.sensitive}
          onChange={on => set('sensitive', on)}
        />
      </FormSection>
    </FormPage>
  )
}

/** Putting it away keeps what contacts have in it, so nothing has to be asked. */
function Archived({ field }: { field: ContactField }) {
  const client = useQueryClient()
  const [isPending, setPending] = useState(false)
  const run = async () => {
    setPending(true)
    try {
      await archiveField(client, field, !field.archived)
      toast(field.archived ? m.settings_field_restored() : m.settings_field_archived_done(), {
        tone: 'success',
      })
    } catch (problem) {
      toast(problemWords(problem), { tone: 'danger' })
    } finally {
      setPending(false)
    }
  }
  return (
    <Button icon={field.archived ? RotateCcw : Archive} isPending={isPending} onPress={() => void run()}>
      {field.archived ? m.settings_field_restore() : m.settings_field_archive()}
    </Button>
  )
}
