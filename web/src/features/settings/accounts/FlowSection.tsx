import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useRef } from 'react'
import type { Account, Queue } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, FormSection, Note, NumberField, Select } from '@/ui'
import type { ResourceForm } from '../form/useResourceForm'
import order from '../Order.module.css'
import { OrderItem } from '../OrderItem'
import { move } from '../order'
import styles from './Accounts.module.css'
import type { AccountDraft } from './account'
import { changeStep, endlessStep } from './flow'

/** As the server has them. */
const mostSteps = 20
const longestWait = 30 * 86_400

interface Props {
  form: ResourceForm<Account, AccountDraft>
  queues: readonly Queue[]
}

/** What happens to a new interaction, step by step, until somebody takes it. */
export function FlowSection({ form, queues }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const { draft, bind, set, misfits } = form
  const { flow } = draft
  const options = queues.map(({ id, name }) => ({ id, label: name }))
  const nameOf = (id: number) => queues.find(queue => queue.id === id)?.name ?? m.settings_queue()
  const endless = endlessStep(flow)
  const add = () => {
    set('flow', [...flow, { type: 'queue', queue_id: queues[0]?.id ?? 0, timeout_s: 300 }])
    // It is there after the next render.
    setTimeout(() => list.current?.querySelector<HTMLElement>('li:last-child button')?.focus())
  }
  return (
    <FormSection title={m.settings_flow()} description={m.settings_flow_help()}>
      {queues.length === 0 && (
        <Note tone="warning">
          {m.settings_flow_no_queues()}{' '}
          <Link to="/settings/$section/$item" params={{ section: 'queues', item: 'new' }}>
            {m.settings_queue_new()}
          </Link>
        </Note>
      )}
      <div className={order.section}>
        <ol ref={list} className={order.list} aria-label={m.settings_flow()}>
          {flow.map((step, index) => (
            <OrderItem
              // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other identity than its place
              key={index}
              index={index}
              count={flow.length}
              name={m.settings_flow_step({ number: index + 1, queue: nameOf(step.queue_id) })}
              onMove={by => set('flow', move(flow, index, by))}
              onRemove={() => set('flow', flow.toSpliced(index, 1))}
            >
              <span className={styles.number} aria-hidden="true">
                {index + 1}.
              </span>
              <div className={styles.step}>
                <Select
                  label={m.settings_queue()}
                  hideLabel
                  className={styles.queue ?? ''}
                  options={options}
                  value={step.queue_id || null}
                  onChange={queue_id => set('flow', changeStep(flow, index, { queue_id }))}
                  error={misfits[`flow[${index}].queue_id`]}
                />
                <NumberField
                  label={m.settings_flow_timeout()}
                  hideLabel
                  unit="s"
                  minValue={0}
                  maxValue={longestWait}
                  value={step.timeout_s}
                  onChange={timeout_s => set('flow', changeStep(flow, index, { timeout_s }))}
                  error={misfits[`flow[${index}].timeout_s`]}
                />
              </div>
            </OrderItem>
          ))}
        </ol>
        {endless >= 0 && <Note tone="warning">{m.settings_flow_endless({ number: endless + 1 })}</Note>}
        <Button
          size="small"
          icon={Plus}
          onPress={add}
          isDisabled={queues.length === 0 || flow.length >= mostSteps}
        >
          {m.settings_flow_add()}
        </Button>
        <p className={order.help}>{m.settings_flow_timeout_help()}</p>
      </div>
      <Select
        {...bind('default_queue_id')}
        value={draft.default_queue_id || null}
        options={options}
        description={m.settings_default_queue_help()}
      />
    </FormSection>
  )
}
