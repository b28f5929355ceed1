import type { Account } from '@/api/types'
import { m } from '@/i18n/admin'
import { type ProviderName, providerNames } from '@/lib/providers'
import { FormSection, RadioGroup, Select, TextField } from '@/ui'
import type { ResourceForm } from '../form/useResourceForm'
import type { AccountDraft, ConnectionDraft } from './account'
import { providerList, providers } from './providers'

type Form = ResourceForm<Account, AccountDraft>

/** Whose number it is: what else is asked for depends on it. */
export function ProviderSection({ form }: { form: Form }) {
  const { draft, set, bind } = form
  const choose = (provider: ProviderName) => {
    if (draft.base_url === providers[draft.provider].baseUrl) set('base_url', providers[provider].baseUrl)
    set('provider', provider)
  }
  return (
    <FormSection title={m.settings_provider()} description={m.settings_provider_help()}>
      <RadioGroup
        {...bind('provider')}
        hideLabel
        onChange={choose}
        options={providerList.map(id => ({
          id,
          label: providerNames[id],
          description: providers[id].help(),
        }))}
      />
    </FormSection>
  )
}

/** Which number this is at its provider, and how the two reach each other. */
export function ConnectionSection({ form }: { form: Form }) {
  const { draft, bind } = form
  const { provider } = draft
  const { ids, where, connection } = providers[provider]
  const change = (part: Partial<ConnectionDraft>) =>
    form.set('connection', { ...form.draft.connection, ...part })
  return (
    <FormSection title={m.settings_at_provider({ provider: providerNames[provider] })} description={where()}>
      {provider === 'kaleyra' && (
        <RadioGroup
          label={m.settings_kaleyra_version()}
          options={[
            { id: 'v2', label: m.settings_kaleyra_v2(), description: m.settings_kaleyra_v2_help() },
            { id: 'v1', label: m.settings_kaleyra_v1(), description: m.settings_kaleyra_v1_help() },
          ]}
          value={draft.connection.version}
          onChange={version => change({ version })}
          error={form.misfits['connection.version']}
        />
      )}
      {ids.map(({ name, help, isRequired }) => (
        <TextField
          key={name}
          {...bind(name)}
          isRequired={isRequired}
          maxLength={64}
          autoComplete="off"
          spellCheck="false"
          description={help()}
        />
      ))}
      <BaseUrl form={form} />
      {connection(draft).map(({ name, label, help }) => (
        <TextField
          key={name}
          label={label()}
          description={help()}
          value={draft.connection[name]}
          onChange={value => change({ [name]: value })}
          error={
            form.misfits[`connection.${name}`] ?? (name === 'media_hosts' ? hostMisfit(form) : undefined)
          }
          type={name === 'public_url' ? 'url' : 'text'}
          maxLength={name === 'media_hosts' ? 2_000 : 300}
          autoComplete="off"
          spellCheck="false"
        />
      ))}
    </FormSection>
  )
}

/** Of one of the hosts; the server names which. */
function hostMisfit({ misfits }: Form): string | undefined {
  const name = Object.keys(misfits).find(field => field.startsWith('connection.media_hosts['))
  return name && misfits[name]
}

const other = 'other'

/** A region where the provider has several, an address where none of them is meant. */
function BaseUrl({ form }: { form: Form }) {
  const { draft, bind, set } = form
  const { regions } = providers[draft.provider]
  const isRegion = regions.some(({ url }) => url === draft.base_url)
  const field = (
    <TextField
      {...bind('base_url')}
      isRequired
      type="url"
      maxLength={300}
      description={m.settings_base_url_of({ provider: providerNames[draft.provider] })}
    />
  )
  if (regions.length === 0) return field
  return (
    <>
      <Select
        label={m.settings_region()}
        options={[
          ...regions.map(({ url, label }) => ({ id: url, label: label(), description: url })),
          { id: other, label: m.settings_region_other() },
        ]}
        value={isRegion ? draft.base_url : other}
        onChange={url => set('base_url', url === other ? '' : url)}
        error={isRegion ? form.misfits.base_url : undefined}
      />
      {!isRegion && field}
    </>
  )
}
