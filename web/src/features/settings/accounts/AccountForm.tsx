import { useSearch } from '@tanstack/react-router'
import type { Account, Queue } from '@/api/types'
import { m } from '@/i18n/admin'
import { FormSection } from '@/ui'
import { FormPage } from '../form/FormPage'
import { Remove } from '../form/Remove'
import { useResourceForm } from '../form/useResourceForm'
import { PickTeams, PickUsers } from '../people'
import { accountResource, blankAccount } from './account'
import { ClosingSection } from './ClosingSection'
import { CredentialSection } from './CredentialSection'
import { FlowSection } from './FlowSection'
import { HealthSection } from './HealthSection'
import { IdentitySection } from './IdentitySection'
import { ConnectionSection, ProviderSection } from './ProviderSection'
import { ReachNotes } from './ReachNotes'
import { RuleSection } from './RuleSection'
import { TestSection } from './TestSection'
import { TransferSection } from './TransferSection'
import { WebhookSection } from './WebhookSection'

interface Props {
  account: Account | null
  queues: readonly Queue[]
}

export function AccountForm({ account, queues }: Props) {
  const { phone_number_id = '' } = useSearch({ from: '/desk/frame/settings/$section/$item' })
  const form = useResourceForm(accountResource, account, () => ({
    ...blankAccount(),
    phone_number_id,
    default_queue_id: queues[0]?.id ?? 0,
  }))
  return (
    <FormPage
      form={form}
      section="accounts"
      title={account?.name ?? m.settings_account_new()}
      create={m.settings_account_create()}
      actions={
        account && (
          <Remove
            section="accounts"
            stored={account}
            label={m.settings_account_remove()}
            title={m.settings_remove_title({ name: account.name })}
            isLeaving={form.isLeaving}
            openWork={{ account: account.id, state: 'open' }}
          >
            {m.settings_account_remove_what()}
          </Remove>
        )
      }
    >
      {account && <HealthSection account={account} isDirty={form.isDirty} />}
      {!account && <ProviderSection form={form} />}
      <IdentitySection form={form} />
      <ConnectionSection form={form} />
      <CredentialSection form={form} />
      <WebhookSection account={account} draft={form.draft} isDirty={form.isDirty} />
      {account && <TestSection account={account} isDirty={form.isDirty} />}
      <FlowSection form={form} queues={queues} />
      <RuleSection form={form} />
      <ClosingSection form={form} />
      <TransferSection form={form} />
      <FormSection title={m.settings_members_title()} description={m.settings_account_members_help()}>
        <ReachNotes draft={form.draft} />
        <PickUsers {...form.bind('user_ids')} />
        <PickTeams {...form.bind('team_ids')} />
      </FormSection>
    </FormPage>
  )
}
