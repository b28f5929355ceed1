import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, TextCursorInput } from 'lucide-react'
import { useState } from 'react'
import { problemWords } from '@/api/problem'
import { contactFieldsQuery } from '@/api/queries'
import type { ContactField } from '@/api/types'
import { locale } from '@/i18n'
import { m } from '@/i18n/admin'
import { IconButton, Pill, Switch, toast } from '@/ui'
import { move } from '../order'
import { ResourceList } from '../ResourceList'
import styles from '../Settings.module.css'
import { arrangeFields } from './actions'
import { kindWords } from './field'

/** The custom fields of contacts, in the order in which they are shown. */
export function FieldList() {
  const client = useQueryClient()
  const [withArchived, setWithArchived] = useState(false)
  const query = useQuery({
    ...contactFieldsQuery,
    select: (fields: ContactField[]) => fields.filter(field => withArchived || !field.archived),
  })
  const shown = query.data ?? []
  const moveBy = (field: ContactField, by: -1 | 1) => {
    const index = shown.findIndex(({ id }) => id === field.id)
    const ids = move(shown, index, by).map(({ id }) => id)
    arrangeFields(client, ids).catch(problem => toast(problemWords(problem), { tone: 'danger' }))
  }
  return (
    <ResourceList
      section="contact_fields"
      query={query}
      words={({ key, kind, list_name }) => [key, kindWords[kind](), list_name]}
      columns={[
        {
          id: 'name',
          label: m.settings_name(),
          cell: field => (
            <span className={styles.cell}>
              {field.name}
              <span className={styles.muted}>{field.key}</span>
              {field.archived && <Pill>{m.settings_field_archived()}</Pill>}
            </span>
          ),
        },
        { id: 'kind', label: m.settings_field_kind(), cell: field => kindWords[field.kind]() },
        {
          id: 'list',
          label: m.settings_field_list(),
          isMinor: true,
          cell: field => field.list_name ?? m.settings_field_every_list(),
        },
        {
          id: 'rules',
          label: m.settings_rules(),
          isMinor: true,
          cell: field => (
            <span className={styles.cell}>
              {field.required && <Pill>{m.settings_field_required()}</Pill>}
              {field.sensitive && <Pill>{m.settings_field_sensitive()}</Pill>}
            </span>
          ),
        },
        {
          id: 'used',
          label: m.settings_field_used(),
          align: 'end',
          isMinor: true,
          cell: field => field.used.toLocaleString(locale()),
        },
        {
          id: 'order',
          label: m.settings_field_order(),
          cell: field => (
            <span className={styles.cell}>
              <IconButton
                size="small"
                icon={ArrowUp}
                label={m.settings_move_up({ name: field.name })}
                isDisabled={shown[0]?.id === field.id}
                onPress={() => moveBy(field, -1)}
              />
              <IconButton
                size="small"
                icon={ArrowDown}
                label={m.settings_move_down({ name: field.name })}
                isDisabled={shown.at(-1)?.id === field.id}
                onPress={() => moveBy(field, 1)}
              />
            </span>
          ),
        },
      ]}
      icon={TextCursorInput}
      lead={m.settings_fields_lead()}
      create={m.settings_field_new()}
      empty={{ title: m.settings_fields_empty(), words: m.settings_fields_empty_words() }}
      filter={
        <Switch
          label={m.settings_field_show_archived()}
          isSelected={withArchived}
          onChange={setWithArchived}
        />
      }
    />
  )
}
