import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { contactListsQuery } from '@/api/queries'
import { Guard } from '@/features/settings/form/Guard'
import { m } from '@/i18n/pages'
import { SaveBar } from '@/ui/Form'
import { Note } from '@/ui/Note'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { listsWith } from '../words'
import { DuplicateNote } from './DuplicateNote'
import type { Draft, DraftKey } from './draft'
import styles from './Form.module.css'
import { CompanyField, DraftTags, LanguageSelect, Numbers, OwnerSelect, Socials } from './fields'
import { MeanwhileNote } from './MeanwhileNote'
import { OwnInputs } from './OwnInputs'
import { Section } from './Section'
import type { ContactForm as Form } from './useContactForm'

interface Props {
  form: Form
  onCancel: () => void
}

type TextKey = {
  [K in DraftKey]: Draft[K] extends string ? (string extends K ? never : K) : never
}[DraftKey]

/** Everything about a contact that can be typed: on a page of its own, and beside the conversation. */
export function ContactForm({ form, onCancel }: Props) {
  const { data: lists = [] } = useQuery(contactListsQuery)
  const root = useRef<HTMLFormElement>(null)
  const { misfits } = form
  // What is wrong with a field is of no use below the edge of the screen.
  useEffect(() => {
    if (Object.keys(misfits).length === 0) return
    root.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus()
  }, [misfits])
  const text = (key: TextKey) => ({
    value: form.draft[key] as string,
    onChange: (value: string) => form.set(key, value as Draft[typeof key]),
    error: misfits[key],
    isDisabled: form.isMasked(key),
    ...(form.isMasked(key) && { description: m.sidebar_masked() }),
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void form.save()
  }
  const open = listsWith(lists, 'add')
  return (
    <form
      ref={root}
      className={styles.form}
      aria-label={form.isNew ? m.contacts_new() : m.contacts_edit()}
      onKeyDown={onKeyDown}
      onSubmit={event => {
        event.preventDefault()
        void form.save()
      }}
    >
      <Section title={m.contacts_who()}>
        {form.isNew && (
          <Select
            label={m.contacts_list()}
            options={open.map(({ id, name }) => ({ id, label: name }))}
            value={form.draft.list_id}
            onChange={list => form.set('list_id', list)}
            error={misfits.list_id}
          />
        )}
        <div className={styles.pair}>
          <TextField label={m.sidebar_first_name()} autoFocus={form.isNew} {...text('first_name')} />
          <TextField label={m.sidebar_last_name()} {...text('last_name')} />
        </div>
        <CompanyField {...text('company')} />
        <div className={styles.pair}>
          <LanguageSelect value={form.draft.language} onChange={value => form.set('language', value)} />
          <TextField label={m.contacts_born()} type="date" {...text('date_of_birth')} />
        </div>
        <OwnerSelect
          value={form.draft.owner_id}
          held={form.base?.owner ?? null}
          onChange={owner => form.set('owner_id', owner)}
        />
        <DraftTags tags={form.draft.tags} onChange={tags => form.set('tags', tags)} />
      </Section>
      <Section title={m.contacts_reach()}>
        <div className={styles.pair}>
          <TextField label={m.sidebar_phone()} type="tel" {...text('phone')} />
          <TextField label={m.sidebar_mobile()} type="tel" {...text('mobile')} />
        </div>
        <Numbers
          numbers={form.draft.numbers}
          error={misfits.numbers}
          isMasked={form.isMasked('numbers')}
          onChange={numbers => form.set('numbers', numbers)}
        />
        <TextField label={m.sidebar_email()} type="email" {...text('email')} />
        <TextArea label={m.contacts_address()} rows={2} {...text('postal_address')} />
        <TextField label={m.contacts_url()} type="url" placeholder="https://" {...text('url')} />
        <Socials
          socials={form.draft.socials}
          error={misfits.socials}
          onChange={socials => form.set('socials', socials)}
        />
      </Section>
      <OwnInputs form={form} />
      <Section title={m.sidebar_description()}>
        <TextArea label={m.sidebar_description()} hideLabel rows={4} {...text('description')} />
      </Section>
      <SaveBar
        changes={form.changes}
        isPending={form.isPending}
        error={form.error}
        create={form.isNew ? (form.twins ? m.contacts_add_anyway() : m.contacts_add()) : undefined}
        onSave={() => void form.save()}
        onDiscard={form.isNew ? onCancel : form.discard}
      >
        {(form.twins || form.meanwhile || form.isOutdated) && (
          <>
            {form.twins && <DuplicateNote problem={form.twins} />}
            {form.meanwhile && <MeanwhileNote form={form} meanwhile={form.meanwhile} />}
            {form.isOutdated && <Note tone="warning">{m.contacts_outdated()}</Note>}
          </>
        )}
      </SaveBar>
      <Guard isDirty={form.isDirty} isKept={form.isKept} isLeaving={form.isLeaving} changes={form.changes} />
    </form>
  )
}
