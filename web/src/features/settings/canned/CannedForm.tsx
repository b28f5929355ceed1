import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { accountsQuery, contactFieldsQuery } from '@/api/queries'
import type { CannedAnswer } from '@/api/types'
import { replaceText } from '@/features/composer/replace'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/admin'
import { Button, FormSection, Note, RadioGroup, Select, TextArea, TextField } from '@/ui'
import { FormPage } from '../form/FormPage'
import { Remove } from '../form/Remove'
import { useResourceForm } from '../form/useResourceForm'
import styles from './Canned.module.css'
import { blankCanned, cannedResource, placeholderNames, scopeWords } from './canned'

export function CannedForm({ canned }: { canned: CannedAnswer | null }) {
  const { role } = useSession().user
  const supervises = role !== 'agent'
  const form = useResourceForm(cannedResource, canned, () => blankCanned(supervises ? 'global' : 'personal'))
  const { draft, bind } = form
  const { data: accounts = [] } = useQuery({ ...accountsQuery, enabled: supervises })
  if (canned && !canned.may_edit) return <Shown canned={canned} />
  return (
    <FormPage
      form={form}
      section="canned_answers"
      title={canned?.title ?? m.canned_new()}
      create={m.canned_create()}
      actions={
        canned && (
          <Remove
            section="canned_answers"
            stored={canned}
            label={m.canned_remove()}
            title={m.settings_remove_title({ name: canned.title })}
            isLeaving={form.isLeaving}
          >
            {m.canned_remove_what()}
          </Remove>
        )
      }
    >
      <FormSection title={m.settings_canned_answers()}>
        <TextField {...bind('title')} isRequired maxLength={80} />
        <TextField {...bind('shortcut')} maxLength={30} description={m.canned_admin_shortcut_help()} />
        <Text {...bind('text')} />
      </FormSection>
      {supervises && (
        <FormSection title={m.canned_admin_scope()}>
          <RadioGroup
            {...bind('scope')}
            options={(['global', 'account', 'personal'] as const).map(id => ({
              id,
              label: scopeWords[id](),
            }))}
          />
          {draft.scope === 'account' && (
            <Select
              {...bind('account_id')}
              options={accounts.map(({ id, name }) => ({ id, label: name }))}
              value={draft.account_id}
            />
          )}
        </FormSection>
      )}
    </FormPage>
  )
}

interface TextProps {
  label: string
  value: string
  error?: string | undefined
  onChange: (text: string) => void
}

/** The text, and what can be put into it. */
function Text(props: TextProps) {
  const input = useRef<HTMLTextAreaElement>(null)
  const { data: fields = [] } = useQuery(contactFieldsQuery)
  const own = fields.filter(({ archived }) => !archived).map(({ key }) => `contact.fields.${key}`)
  const put = (name: string) => {
    const field = input.current
    if (!field) return
    const { value, selectionStart: start, selectionEnd: end } = field
    const token = `{{${name}}}`
    const at = start + token.length
    replaceText(field, { text: value.slice(0, start) + token + value.slice(end), start: at, end: at })
  }
  return (
    <>
      <TextArea {...props} inputRef={input} rows={6} isRequired maxLength={4096} />
      <fieldset className={styles.placeholders}>
        <legend>{m.canned_placeholders()}</legend>
        <p>{m.canned_placeholders_help()}</p>
        <code>{'{{contact.first_name|there}}'}</code>
        <div className={styles.names}>
          {[...placeholderNames, ...own].map(name => (
            <Button
              key={name}
              size="small"
              aria-label={m.placeholder_insert({ name })}
              preventFocusOnPress
              onPress={() => put(name)}
            >
              {name}
            </Button>
          ))}
        </div>
      </fieldset>
    </>
  )
}

/** What others keep, as one may read it. */
function Shown({ canned }: { canned: CannedAnswer }) {
  return (
    <FormSection title={canned.title} description={scopeWords[canned.scope]()}>
      <Note tone="info">{m.canned_read_only()}</Note>
      <p className={styles.shown}>{canned.text}</p>
    </FormSection>
  )
}
