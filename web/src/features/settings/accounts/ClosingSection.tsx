import { useQuery } from '@tanstack/react-query'
import { dispositionsQuery } from '@/api/queries'
import type { Account, Disposition } from '@/api/types'
import { m } from '@/i18n/admin'
import { FormSection, Select, Switch, TextArea } from '@/ui'
import type { ResourceForm } from '../form/useResourceForm'
import { SecondsField } from '../SecondsField'
import type { AccountDraft } from './account'

const month = 30 * 86_400
/** Stands for none: a choice needs a key. */
const none = 0

/** How interactions of this number end, by hand and by themselves. */
export function ClosingSection({ form }: { form: ResourceForm<Account, AccountDraft> }) {
  const { data: all = [] } = useQuery(dispositionsQuery)
  const { closing } = form.draft
  const { silence } = closing
  const change = (part: Partial<typeof closing>) => form.set('closing', { ...closing, ...part })
  const quiet = (part: Partial<typeof silence>) => change({ silence: { ...silence, ...part } })
  return (
    <FormSection title={m.settings_closing()} description={m.settings_closing_help()}>
      <Switch
        label={m.settings_disposition_required()}
        description={m.settings_disposition_required_account_help()}
        isSelected={closing.disposition_required}
        onChange={on => change({ disposition_required: on })}
      />
      <Select
        label={m.settings_system_disposition()}
        description={m.settings_system_disposition_help()}
        error={form.misfits['closing.system_disposition']}
        options={[{ id: none, label: m.settings_no_disposition() }, ...outcomes(all, form.base?.id)]}
        value={closing.system_disposition ?? none}
        onChange={id => change({ system_disposition: id === none ? null : id })}
      />
      <SecondsField
        label={m.settings_close_after()}
        description={m.settings_close_after_help()}
        step={3_600}
        max={month}
        value={silence.close_after_s}
        onChange={seconds => quiet({ close_after_s: seconds })}
        error={form.misfits['closing.silence.close_after_s']}
      />
      {silence.close_after_s > 0 && (
        <SecondsField
          label={m.settings_warn_before()}
          description={m.settings_warn_before_help()}
          step={600}
          max={month}
          value={silence.warn_before_s}
          onChange={seconds => quiet({ warn_before_s: seconds })}
          error={form.misfits['closing.silence.warn_before_s']}
        />
      )}
      {silence.close_after_s > 0 && silence.warn_before_s > 0 && (
        <TextArea
          label={m.settings_warning()}
          description={m.settings_warning_help()}
          maxLength={1_000}
          value={silence.warning}
          onChange={warning => quiet({ warning })}
          error={form.misfits['closing.silence.warning']}
        />
      )}
    </FormSection>
  )
}

/** What any interaction of the account may end with: the desk's and its own, no headings, nothing retired. */
function outcomes(all: readonly Disposition[], account: number | undefined) {
  const living = all.filter(({ retired }) => !retired)
  const path = (one: Disposition): string => {
    const parent = all.find(({ id }) => id === one.parent_id)
    return parent ? `${path(parent)} › ${one.name}` : one.name
  }
  return living
    .filter(({ id }) => !living.some(other => other.parent_id === id))
    .filter(({ scope, scope_id: of }) => scope === 'global' || (scope === 'account' && of === account))
    .map(one => ({ id: one.id, label: path(one) }))
}
