import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import type { Templates, TemplateVariant } from '@/api/types'
import { useProvide } from '@/commands/context'
import type { Picked } from '@/features/composer/files/picked'
import { uploads, useUpload } from '@/features/composer/files/uploads'
import { slotLabel } from '@/features/templates/slots'
import { m } from '@/i18n/admin'
import { useMedia } from '@/lib/useMedia'
import { FormSection, Note, RadioGroup, SaveBar, Switch, TextField, toast } from '@/ui'
import { BackLink } from '../../form/BackLink'
import { changedKeys, type KeyOf, same } from '../../form/draft'
import page from '../../form/Form.module.css'
import { Guard } from '../../form/Guard'
import { wayBack } from '../listed'
import { Preview } from '../Preview'
import { textOf } from '../place'
import { statusWords } from '../words'
import { BodyField, Count } from './BodyField'
import styles from './Build.module.css'
import { ButtonsSection } from './ButtonsSection'
import {
  asName,
  bodyOf,
  contentOf,
  fieldKey,
  formOf,
  placesOf,
  samplesOf,
  type TemplateForm,
  withNames,
} from './draft'
import { HeaderSection } from './HeaderSection'
import { LanguageField } from './LanguageField'
import { refusalWords } from './refusal'
import { useChecked } from './useChecked'

interface Props {
  accountId: number
  templates: Templates
  title: string
  begin: TemplateForm
  /** What is changed; absent for a new one, in a new language or under a new name. */
  variant?: TemplateVariant
  /** Its name is there already: another language is added to it. */
  isNamed?: boolean
}

/** Writing a template, with the customer's phone beside it; what WhatsApp would refuse is said while one types. */
export function TemplateBuilder({ accountId, templates, title, begin, variant, isNamed = false }: Props) {
  const client = useQueryClient()
  const router = useRouter()
  const [start] = useState(begin)
  const [form, setForm] = useState(begin)
  const [sample, setSample] = useState<Picked | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isPending, setPending] = useState(false)
  const isLeaving = useRef(false)
  const fields = useRef<HTMLDivElement>(null)
  const upload = useUpload(sample?.id)
  const handed = upload?.state === 'done' ? (sample?.id ?? null) : null
  const version = variant?.version ?? null
  const checked = useChecked({
    accountId,
    body: bodyOf(form, handed, version),
    error,
    keyOf: field => fieldKey(form.buttons, field),
    // WhatsApp forgets a sample, so a change begins without one.
    ...(variant && { urgent: ['sample_upload_id'] }),
  })
  const { words, touch } = checked
  const change = (part: Partial<TemplateForm>) => {
    setForm(now => ({ ...now, ...part }))
    setError(null)
  }
  const changed = changedKeys(start, form)
  const changes = [...changed.map(key => labels[key]()), ...(sample ? [m.template_sample()] : [])]
  const file = useObjectUrl(sample)
  const content = contentOf(form, m.template_code_words())
  const values = { ...samplesOf(form), ...(file && { 'header:media': file }) }

  // Our own change is theirs for a moment, until one is back at the template.
  const isTheirs = variant !== undefined && !isPending && !same(formOf(variant), start)
  const search = wayBack(accountId)
  const toList = () => router.navigate({ to: '/settings/$section', params: { section: 'templates' }, search })
  const toItem = () =>
    router.navigate({
      to: '/settings/$section/$item',
      params: { section: 'templates', item: textOf({ act: 'page', account: accountId, name: form.name }) },
      search: form.language ? { language: form.language } : {},
    })
  const send = async () => {
    if (isPending) return
    checked.touchAll()
    if (checked.left) {
      showFirst(fields.current)
      return
    }
    setPending(true)
    setError(null)
    try {
      if (sample) await uploads.ensure(sample)
      const body = bodyOf(form, sample?.id ?? null, version)
      const path = `/accounts/${accountId}/templates`
      const fresh = variant
        ? await api.put<Templates>(`${path}/${form.name}/variants/${form.language}`, body)
        : await api.post<Templates>(path, body)
      client.setQueryData(keys.templates(accountId, {}), fresh)
      isLeaving.current = true
      toast(m.template_sent(), { tone: 'success' })
      await toItem()
    } catch (problem) {
      setError(problem)
      showFirst(fields.current)
    } finally {
      setPending(false)
    }
  }
  const latest = useRef(send)
  latest.current = send
  const command = useMemo(() => ({ settingsForm: { save: () => void latest.current() } }), [])
  useProvide(command)

  // Where there is no room beside the form, it stands in it, before what sends.
  const isNarrow = useMedia('(width < 1100px)')
  const preview = (
    <aside className={styles.side} aria-label={m.settings_templates_preview()}>
      <h3 className={styles.sideTitle}>{m.settings_templates_preview()}</h3>
      <Preview content={content} values={values} />
    </aside>
  )

  return (
    <div className={styles.builder} ref={fields}>
      <div className={page.page}>
        <header className={page.header}>
          <BackLink section="templates" search={search} />
          <div className={page.heading}>
            <h2 className={page.title}>{title}</h2>
          </div>
        </header>
        <FormSection title={m.template_about()}>
          <TextField
            label={m.template_name()}
            description={m.template_name_help()}
            value={form.name}
            isRequired
            isDisabled={variant !== undefined || isNamed}
            autoFocus={variant === undefined && !isNamed}
            onChange={typed => change({ name: asName(typed) })}
            onBlur={() => {
              change({ name: form.name.replace(/_+$/, '') })
              touch('name')
            }}
            error={words.name}
          />
          <LanguageField
            codes={templates.languages}
            value={form.language}
            isDisabled={variant !== undefined}
            onChange={language => change({ language })}
            error={words.language}
          />
          <RadioGroup
            label={m.settings_templates_category()}
            options={[
              {
                id: 'utility',
                label: m.settings_templates_utility(),
                description: m.template_utility_help(),
              },
              {
                id: 'marketing',
                label: m.settings_templates_marketing(),
                description: m.template_marketing_help(),
              },
            ]}
            value={form.category}
            isDisabled={variant?.status === 'approved'}
            description={variant?.status === 'approved' ? m.template_rule_category_fixed() : undefined}
            onChange={category => change({ category })}
            error={words.category}
          />
          {!variant && (
            <Switch
              label={m.template_allow_change()}
              description={m.template_allow_change_help()}
              isSelected={form.allow_category_change}
              onChange={allow_category_change => change({ allow_category_change })}
            />
          )}
        </FormSection>
        <HeaderSection
          form={form}
          accountId={accountId}
          isChange={variant !== undefined}
          sample={sample}
          words={words}
          onChange={change}
          onSample={setSample}
          onTouch={touch}
        />
        <FormSection title={m.template_words()} description={m.template_words_help()}>
          <BodyField
            value={form.body}
            named={form.named}
            onChange={body => change({ body })}
            onBlur={() => touch('body')}
            error={words.body}
          />
          <Switch
            label={m.template_named()}
            description={m.template_named_help()}
            isSelected={form.named}
            onChange={named => change(withNames(form, named))}
          />
          <div className={styles.body}>
            <TextField
              label={m.template_footer()}
              description={m.template_footer_help()}
              value={form.footer}
              onChange={footer => change({ footer })}
              onBlur={() => touch('footer')}
              error={words.footer}
            />
            {form.footer && (
              <div className={styles.under}>
                <Count text={form.footer} limit={60} />
              </div>
            )}
          </div>
        </FormSection>
        {placesOf(form).length > 0 && (
          <FormSection title={m.template_samples()} description={m.template_samples_help()}>
            {placesOf(form).map(({ key }) => (
              <TextField
                key={key}
                label={slotLabel({ content }, key)}
                value={form.samples[key] ?? ''}
                isRequired
                onChange={text => change({ samples: { ...form.samples, [key]: text } })}
                onBlur={() => touch(`samples.${key}`)}
                error={words[`samples.${key}`]}
              />
            ))}
          </FormSection>
        )}
        <ButtonsSection
          buttons={form.buttons}
          words={words}
          onChange={buttons => change({ buttons })}
          onTouch={touch}
        />
        {isNarrow && preview}
        <SaveBar
          changes={changes}
          isPending={isPending}
          create={m.template_send()}
          onSave={() => void send()}
          onDiscard={() => void (variant || isNamed ? toItem() : toList())}
        >
          {error !== null && !(checked.left && isProblem(error, 'invalid')) && refusalWords(error)}
          {isTheirs && <Note tone="warning">{m.template_theirs()}</Note>}
          {variant && variant.fixed !== null && !isPending && (
            <Note tone="warning">
              {m.template_no_longer({ why: statusWords[variant.status]().toLocaleLowerCase() })}
            </Note>
          )}
          {checked.left !== undefined && checked.left > 0 && changed.length > 0 && (
            <p role="status">{m.template_left({ count: checked.left })}</p>
          )}
        </SaveBar>
        <Guard isDirty={changes.length > 0} isLeaving={isLeaving} changes={changes} />
      </div>
      {!isNarrow && preview}
    </div>
  )
}

const labels: { [K in KeyOf<TemplateForm>]: () => string } = {
  name: () => m.template_name(),
  language: () => m.template_language(),
  category: () => m.settings_templates_category(),
  allow_category_change: () => m.template_allow_change(),
  named: () => m.template_named(),
  header: () => m.template_header(),
  header_text: () => m.template_header_line(),
  body: () => m.template_body(),
  footer: () => m.template_footer(),
  buttons: () => m.template_buttons(),
  samples: () => m.template_samples(),
}

/** The address of a file of this computer, for as long as it is shown. */
function useObjectUrl(file: Picked | null): string | null {
  const address = useMemo(() => (file ? URL.createObjectURL(file.blob) : null), [file])
  useEffect(() => () => void (address && URL.revokeObjectURL(address)), [address])
  return address
}

/** What is wrong is of no use below the edge of the screen; it is marked after the next render. */
function showFirst(page: HTMLElement | null): void {
  setTimeout(() => {
    const first = page?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')
    first?.focus()
    // What is wrong with a file or the buttons stands in a note, which takes no focus.
    first?.scrollIntoView({ block: 'nearest' })
  })
}
