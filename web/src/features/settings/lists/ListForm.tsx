import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { isProblem, problemWords } from '@/api/problem'
import { contactFieldsQuery } from '@/api/queries'
import type { ContactList } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, FormSection, Note, TextArea, TextField, toast } from '@/ui'
import { FormPage } from '../form/FormPage'
import { useResourceForm } from '../form/useResourceForm'
import styles from './Lists.module.css'
import { blankList, listResource } from './list'
import { Members } from './Members'

export function ListForm({ list }: { list: ContactList | null }) {
  const form = useResourceForm(listResource, list, blankList)
  const { draft, bind, set } = form
  return (
    <FormPage
      form={form}
      section="contact_lists"
      title={list?.name ?? m.settings_list_new()}
      create={m.settings_list_create()}
      actions={list && <Removal list={list} />}
    >
      <FormSection title={m.settings_list()}>
        {list?.deleted_at && <Note tone="info">{m.settings_list_deleted_help()}</Note>}
        <TextField {...bind('name')} isRequired maxLength={100} />
        <TextArea {...bind('description')} />
        {list && <Fields list={list} />}
      </FormSection>
      <FormSection title={m.settings_list_who()} description={m.settings_list_who_help()}>
        {draft.members.length === 0 && <Note tone="info">{m.settings_list_by_profile()}</Note>}
        <Members
          members={draft.members}
          misfits={form.misfits}
          onChange={members => set('members', members)}
        />
      </FormSection>
    </FormPage>
  )
}

/** The custom fields that only contacts of this list have. */
function Fields({ list }: { list: ContactList }) {
  const { data: fields = [] } = useQuery(contactFieldsQuery)
  const own = fields.filter(({ list_id, archived }) => list_id === list.id && !archived)
  return (
    <p className={styles.fields}>
      {own.length > 0
        ? m.settings_list_fields({ names: own.map(({ name }) => name).join(', ') })
        : m.settings_list_no_fields()}{' '}
      <Link to="/settings/$section" params={{ section: 'contact_fields' }}>
        {m.settings_contact_fields()}
      </Link>
    </p>
  )
}

/** A list that is used cannot go; one that went comes back as it was. */
function Removal({ list }: { list: ContactList }) {
  const client = useQueryClient()
  const [isPending, setPending] = useState(false)
  const isDeleted = list.deleted_at !== null
  const run = async () => {
    setPending(true)
    try {
      await api.patch(`/contact_lists/${list.id}`, { version: list.version, deleted: !isDeleted })
      await client.invalidateQueries({ queryKey: keys.collection('contact_lists') })
      toast(isDeleted ? m.settings_list_restored() : m.settings_list_removed(), { tone: 'success' })
    } catch (problem) {
      toast(refusal(problem), { tone: 'danger' })
    } finally {
      setPending(false)
    }
  }
  return (
    <Button icon={isDeleted ? RotateCcw : Trash2} isPending={isPending} onPress={() => void run()}>
      {isDeleted ? m.settings_list_restore() : m.settings_list_remove()}
    </Button>
  )
}

function refusal(problem: unknown): string {
  if (isProblem(problem, 'list_in_use')) return m.settings_list_in_use()
  if (isProblem(problem, 'list_of_account')) return m.settings_list_of_account()
  return problemWords(problem)
}
