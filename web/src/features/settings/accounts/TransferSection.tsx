import type { Account, TransferReach } from '@/api/types'
import { m } from '@/i18n/admin'
import { FormSection, Select, Switch } from '@/ui'
import type { ResourceForm } from '../form/useResourceForm'
import { SecondsField } from '../SecondsField'
import type { AccountDraft } from './account'

/** Stands for the desk's own setting: a choice needs a key. */
const asDesk = 'desk'
/** What a time of its own begins with. */
const usual = 300

/** To whom what comes by this number may be transferred, where that differs from the whole desk. */
export function TransferSection({ form }: { form: ResourceForm<Account, AccountDraft> }) {
  const { transfer } = form.draft
  const change = (part: Partial<typeof transfer>) => form.set('transfer', { ...transfer, ...part })
  const options: { id: TransferReach | typeof asDesk; label: string }[] = [
    { id: asDesk, label: m.settings_transfer_as_desk() },
    { id: 'both', label: m.settings_transfer_both() },
    { id: 'agents', label: m.settings_transfer_agents() },
    { id: 'queues', label: m.settings_transfer_queues() },
    { id: 'off', label: m.settings_transfer_off() },
  ]
  return (
    <FormSection title={m.settings_transfers()} description={m.settings_transfer_account_help()}>
      <Select
        label={m.settings_transfer_to()}
        description={m.settings_transfer_to_help()}
        error={form.misfits['transfer.to']}
        options={options}
        value={transfer.to ?? asDesk}
        onChange={to => change({ to: to === asDesk ? null : to })}
      />
      <Switch
        label={m.settings_transfer_own_timeout()}
        isSelected={transfer.timeout_s !== null}
        onChange={on => change({ timeout_s: on ? usual : null })}
      />
      {transfer.timeout_s !== null && (
        <SecondsField
          label={m.settings_transfer_timeout()}
          description={m.settings_transfer_timeout_help()}
          min={1}
          value={transfer.timeout_s}
          onChange={seconds => change({ timeout_s: seconds })}
          error={form.misfits['transfer.timeout_s']}
        />
      )}
    </FormSection>
  )
}
