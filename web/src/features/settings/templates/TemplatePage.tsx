import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { ApiProblem } from '@/api/problem'
import type { Template, Templates } from '@/api/types'
import { slotLabel } from '@/features/templates/slots'
import { templateName } from '@/features/templates/TemplatePicker'
import { m } from '@/i18n/admin'
import { languageName } from '@/lib/language'
import { Button, ErrorNote, FormSection, NumberField, Select, Switch, TextField } from '@/ui'
import { toast } from '@/ui/toasts'
import { BackLink } from '../form/BackLink'
import form from '../form/Form.module.css'
import { Guard } from '../form/Guard'
import { Actions, FixedNote } from './Actions'
import { wayBack } from './listed'
import { Preview } from './Preview'
import { StateSection } from './StateSection'
import styles from './Templates.module.css'

/** One template in all its languages, and how it is used. */
export function TemplatePage({ templates, template }: { templates: Templates; template: Template }) {
  const client = useQueryClient()
  const { account_id: accountId, recontact } = templates
  const { language } = useSearch({ from: '/desk/frame/settings/$section/$item' })
  const navigate = useNavigate({ from: '/settings/$section/$item' })
  const setLanguage = (chosen: string) =>
    void navigate({ search: { language: chosen }, replace: true, resetScroll: false })
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [error, setError] = useState<unknown>(null)
  const [isPending, setPending] = useState(false)
  const page = useRef<HTMLDivElement>(null)
  const isLeaving = useRef(false)
  // One comes from the foot of the builder, and its state is at the top.
  useEffect(() => page.current?.scrollIntoView({ block: 'start' }), [])
  const variant = template.variants.find(one => one.language === language) ?? template.variants[0]
  if (!variant) return null
  const mapping = { ...template.mapping, ...typed }
  const slots = [
    ...new Map(template.variants.flatMap(one => one.slots).map(slot => [slot.key, slot] as const)).values(),
  ]
  const changes = slots.filter(({ key }) => (mapping[key] ?? '').trim() !== (template.mapping[key] ?? ''))
  const isGone = template.variants.every(({ status }) => status === 'deleted')
  const isDirty = changes.length > 0 && !isGone
  // It is sent by nobody; what it is used for is taken back all the same.
  const isBeyond = template.variants.every(({ content }) => content.beyond !== null)

  const attempt = async (request: () => Promise<Templates>) => {
    setPending(true)
    setError(null)
    try {
      client.setQueryData(keys.templates(accountId, {}), await request())
      toast(m.settings_templates_saved(), { tone: 'success' })
      return true
    } catch (problem) {
      setError(problem)
      return false
    } finally {
      setPending(false)
    }
  }
  const change = (body: object) =>
    attempt(() =>
      api.patch<Templates>(`/accounts/${accountId}/templates/${encodeURIComponent(template.name)}`, {
        version: template.version,
        ...body,
      }),
    )
  const choose = (body: object) =>
    attempt(() =>
      api.put<Templates>(`/accounts/${accountId}/recontact`, {
        version: recontact.version,
        template: recontact.template,
        language: recontact.language,
        answer_days: recontact.answer_days,
        ...body,
      }),
    )
  const misfit = (key: string) => (error instanceof ApiProblem ? error.field(`mapping.${key}`) : undefined)
  const languages = template.variants.map(one => ({ id: one.language, label: languageName(one.language) }))
  return (
    <div ref={page} className={form.page}>
      <header className={form.header}>
        <BackLink section="templates" search={wayBack(accountId)} />
        <div className={form.heading}>
          <h2 className={form.title}>{templateName(template.name)}</h2>
          <Actions
            templates={templates}
            template={template}
            variant={variant}
            onDelete={() => {
              isLeaving.current = true
            }}
          />
        </div>
      </header>
      <FormSection title={m.settings_templates_status()}>
        {languages.length > 1 && (
          <Select
            label={m.settings_templates_languages()}
            options={languages}
            value={variant.language}
            onChange={setLanguage}
          />
        )}
        <StateSection variant={variant} />
        <FixedNote templates={templates} variant={variant} />
      </FormSection>
      <FormSection
        title={m.settings_templates_preview()}
        description={Object.keys(variant.samples).length > 0 ? m.template_preview_samples() : undefined}
      >
        <Preview content={variant.content} values={{ ...mapping, ...variant.samples }} />
      </FormSection>
      {isGone && !template.recontact ? null : (
        <>
          <FormSection title={m.settings_templates_use()}>
            <Switch
              label={m.settings_templates_available()}
              description={m.settings_templates_available_help()}
              isSelected={template.available}
              isDisabled={isPending || ((isGone || isBeyond) && !template.available)}
              onChange={available => void change({ available })}
            />
            <Switch
              label={m.settings_templates_is_recontact()}
              description={m.settings_templates_is_recontact_help()}
              isSelected={template.recontact}
              isDisabled={isPending || ((isGone || isBeyond) && !template.recontact)}
              onChange={on =>
                void choose(
                  on
                    ? {
                        template: template.name,
                        language: languages.some(({ id }) => id === recontact.language)
                          ? recontact.language
                          : variant.language,
                      }
                    : { template: null },
                )
              }
            />
            {template.recontact && !isGone && (
              <>
                <Select
                  label={m.settings_templates_default_language()}
                  options={languages}
                  value={recontact.language}
                  onChange={chosen => void choose({ language: chosen })}
                />
                <NumberField
                  key={recontact.version}
                  label={m.settings_templates_answer_days()}
                  unit={m.settings_templates_days()}
                  minValue={1}
                  maxValue={90}
                  value={recontact.answer_days}
                  onChange={days => {
                    if (days !== null && days !== recontact.answer_days) void choose({ answer_days: days })
                  }}
                />
              </>
            )}
          </FormSection>
          <FormSection
            title={m.settings_templates_mapping()}
            description={m.settings_templates_mapping_help()}
          >
            {slots.length === 0 && <p>{m.settings_templates_no_slots()}</p>}
            {slots.map(({ key }) => (
              <div key={key} className={styles.mapping}>
                <TextField
                  label={slotLabel(variant, key)}
                  value={mapping[key] ?? ''}
                  onChange={text => setTyped({ ...typed, [key]: text })}
                  error={misfit(key)}
                />
                <Select
                  label={m.settings_templates_insert()}
                  options={sources.map(id => ({ id, label: id }))}
                  value={null}
                  onChange={source => setTyped({ ...typed, [key]: `${mapping[key] ?? ''}{{${source}|}}` })}
                />
              </div>
            ))}
            {slots.length > 0 && (
              <div>
                <Button
                  variant="primary"
                  isDisabled={!isDirty}
                  isPending={isPending}
                  onPress={async () => {
                    if (await change({ mapping })) setTyped({})
                  }}
                >
                  {m.settings_templates_save()}
                </Button>
              </div>
            )}
          </FormSection>
        </>
      )}
      {error !== null && <ErrorNote error={error} />}
      <Guard
        isDirty={isDirty}
        isLeaving={isLeaving}
        changes={changes.map(({ key }) => slotLabel(variant, key))}
      />
    </div>
  )
}

/** The names of `domain::placeholder` that are known before a conversation is. */
const sources = [
  'contact.first_name',
  'contact.last_name',
  'contact.name',
  'contact.company',
  'contact.email',
  'contact.phone',
  'agent.alias',
  'agent.name',
  'account.name',
  'account.phone',
  'interaction.id',
] as const
