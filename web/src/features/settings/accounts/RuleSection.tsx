import type { Account } from '@/api/types'
import { m } from '@/i18n/admin'
import { FormSection, NumberField, RadioGroup, Switch } from '@/ui'
import type { ResourceForm } from '../form/useResourceForm'
import { SecondsField } from '../SecondsField'
import type { AccountDraft } from './account'

/** How long customers may be written to, and what else differs from number to number. */
export function RuleSection({ form }: { form: ResourceForm<Account, AccountDraft> }) {
  const { draft, bind, set } = form
  return (
    <FormSection title={m.settings_rules()}>
      <RadioGroup
        {...bind('window_rule')}
        options={[
          {
            id: 'latest_inbound',
            label: m.settings_window_latest(),
            description: m.settings_window_latest_help(),
          },
          {
            id: 'first_inbound',
            label: m.settings_window_first(),
            description: m.settings_window_first_help(),
          },
          {
            id: 'first_template',
            label: m.settings_window_template(),
            description: m.settings_window_template_help(),
          },
        ]}
      />
      <SecondsField {...bind('grace_s')} step={60} max={30 * 86_400} description={m.settings_grace_help()} />
      <NumberField
        {...bind('rate_per_s')}
        minValue={1}
        maxValue={1_000}
        description={m.settings_rate_help()}
      />
      <Switch
        label={m.settings_create_contact()}
        description={m.settings_create_contact_help()}
        isSelected={draft.create_contact}
        onChange={on => set('create_contact', on)}
      />
      <Switch
        label={m.settings_take_from_bot()}
        description={m.settings_take_from_bot_help()}
        isSelected={draft.take_from_bot}
        onChange={on => set('take_from_bot', on)}
      />
    </FormSection>
  )
}
