import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { accountsQuery } from '@/api/queries'
import type { Queue } from '@/api/types'
import { m } from '@/i18n/admin'
import { FormSection, Note, NumberField, RadioGroup, Switch, TextField } from '@/ui'
import { usesQueue } from '../accounts/flow'
import { FormPage } from '../form/FormPage'
import { Remove } from '../form/Remove'
import { useResourceForm } from '../form/useResourceForm'
import { PickTeams, PickUsers } from '../people'
import { SecondsField } from '../SecondsField'
import { blankQueue, queueResource, strategies } from './queue'

export function QueueForm({ queue }: { queue: Queue | null }) {
  const form = useResourceForm(queueResource, queue, blankQueue)
  const { draft, bind, set } = form
  const isNobody = draft.user_ids.length + draft.team_ids.length === 0
  return (
    <FormPage
      form={form}
      section="queues"
      title={queue?.name ?? m.settings_queue_new()}
      create={m.settings_queue_create()}
      actions={
        queue && (
          <Remove
            section="queues"
            stored={queue}
            label={m.settings_queue_remove()}
            title={m.settings_remove_title({ name: queue.name })}
            isLeaving={form.isLeaving}
            openWork={{ queue: queue.id, state: 'open' }}
          >
            {m.settings_queue_remove_what()}
          </Remove>
        )
      }
    >
      <FormSection title={m.settings_queue()}>
        <TextField {...bind('name')} isRequired maxLength={100} description={m.settings_queue_name_help()} />
        <NumberField {...bind('weight')} minValue={0} maxValue={10} description={m.settings_weight_help()} />
        <SecondsField {...bind('service_level_s')} description={m.settings_service_level_help()} />
        {queue && <UsedBy queue={queue} />}
      </FormSection>
      <FormSection title={m.settings_offering()} description={m.settings_offering_help()}>
        <RadioGroup
          {...bind('strategy')}
          options={strategies.map(({ id, label, help }) => ({ id, label: label(), description: help() }))}
        />
        <SecondsField {...bind('agent_timeout_s')} min={1} description={m.settings_agent_timeout_help()} />
        <Switch
          label={m.settings_last_agent_first()}
          description={m.settings_last_agent_first_help()}
          isSelected={draft.last_agent_first}
          onChange={on => set('last_agent_first', on)}
        />
        <SecondsField {...bind('wrap_up_s')} description={m.settings_wrap_up_help()} />
        <Switch
          label={m.settings_disposition_required()}
          description={m.settings_disposition_required_queue_help()}
          isSelected={draft.disposition_required}
          onChange={on => set('disposition_required', on)}
        />
      </FormSection>
      <FormSection title={m.settings_members_title()} description={m.settings_queue_members_help()}>
        {isNobody && <Note tone="warning">{m.settings_queue_nobody()}</Note>}
        <PickUsers {...bind('user_ids')} />
        <PickTeams {...bind('team_ids')} />
      </FormSection>
    </FormPage>
  )
}

/** Where its work comes from: without it, a queue is full of agents and empty of customers. */
function UsedBy({ queue }: { queue: Queue }) {
  const { data: accounts } = useQuery(accountsQuery)
  if (!accounts) return null
  const users = accounts.filter(account => usesQueue(account, queue.id))
  if (users.length === 0) return <Note tone="warning">{m.settings_queue_unused()}</Note>
  return (
    <p>
      {m.settings_queue_used_by()}{' '}
      {users.map((account, index) => (
        <span key={account.id}>
          {index > 0 && ', '}
          <Link to="/settings/$section/$item" params={{ section: 'accounts', item: String(account.id) }}>
            {account.name}
          </Link>
        </span>
      ))}
    </p>
  )
}
