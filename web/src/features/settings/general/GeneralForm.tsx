import type { Settings } from '@/api/types'
import { m } from '@/i18n/admin'
import { FormSection, NumberField, Select, TextField } from '@/ui'
import type { Misfits } from '../form/draft'
import { FormPage } from '../form/FormPage'
import { type Resource, useResourceForm } from '../form/useResourceForm'
import { SecondsField } from '../SecondsField'
import { TextList } from '../TextList'

type SettingsDraft = Omit<Settings, 'version'>

const settingsResource: Resource<Settings, SettingsDraft> = {
  collection: 'settings',
  labels: {
    max_tabs: () => m.settings_max_tabs(),
    attachment_limit_mb: () => m.settings_attachment_limit(),
    offer_sound_repeat_s: () => m.settings_sound_repeat(),
    pause_reasons: () => m.settings_pause_reasons(),
    reconnect_grace_s: () => m.settings_reconnect_grace(),
    offline_requeue_min: () => m.settings_offline_requeue(),
    not_responding_after: () => m.settings_not_responding(),
    time_zone: () => m.settings_time_zone(),
    transfer_to: () => m.settings_transfer_to(),
    transfer_timeout_s: () => m.settings_transfer_timeout(),
  },
  toDraft: ({ version: _, ...draft }) => draft,
  toBody: part => part,
  check: draft => reasonMisfits(draft.pause_reasons),
}

export function reasonMisfits(reasons: readonly string[]): Misfits {
  const names = reasons.map(reason => reason.trim().toLowerCase())
  const wrong = names.map((name, index) => {
    if (!name) return m.field_required()
    return names.indexOf(name) === index ? '' : m.settings_reason_twice()
  })
  return Object.fromEntries(
    wrong.flatMap((words, index) => (words ? [[`pause_reasons[${index}]`, words]] : [])),
  )
}

const zones = Intl.supportedValuesOf('timeZone')

export function GeneralForm({ settings }: { settings: Settings }) {
  const form = useResourceForm(settingsResource, settings, () => settingsResource.toDraft(settings))
  const { bind } = form
  return (
    <FormPage form={form} section="general" title={m.settings_general()} isSingle>
      <FormSection title={m.settings_desk()}>
        <NumberField
          {...bind('max_tabs')}
          minValue={1}
          maxValue={100}
          description={m.settings_max_tabs_help()}
        />
        <NumberField
          {...bind('attachment_limit_mb')}
          minValue={1}
          maxValue={25}
          unit="MB"
          description={m.settings_attachment_limit_help()}
        />
        <TextField
          {...bind('time_zone')}
          maxLength={64}
          suggestions={zones}
          description={m.settings_time_zone_help()}
        />
      </FormSection>
      <FormSection title={m.settings_offers()}>
        <SecondsField
          {...bind('offer_sound_repeat_s')}
          max={3_600}
          description={m.settings_sound_repeat_help()}
        />
        <NumberField
          {...bind('not_responding_after')}
          minValue={0}
          maxValue={100}
          description={m.settings_not_responding_help()}
        />
      </FormSection>
      <FormSection title={m.settings_transfers()}>
        <Select
          {...bind('transfer_to')}
          options={[
            { id: 'both', label: m.settings_transfer_both() },
            { id: 'agents', label: m.settings_transfer_agents() },
            { id: 'queues', label: m.settings_transfer_queues() },
            { id: 'off', label: m.settings_transfer_off() },
          ]}
          description={m.settings_transfer_to_help()}
        />
        <SecondsField
          {...bind('transfer_timeout_s')}
          min={1}
          description={m.settings_transfer_timeout_help()}
        />
      </FormSection>
      <FormSection title={m.settings_presence()}>
        <SecondsField {...bind('reconnect_grace_s')} description={m.settings_reconnect_grace_help()} />
        <NumberField
          {...bind('offline_requeue_min')}
          minValue={0}
          maxValue={10_080}
          description={m.settings_offline_requeue_help()}
        />
        <TextList
          {...bind('pause_reasons')}
          name="pause_reasons"
          help={m.settings_pause_reasons_help()}
          item={number => m.settings_reason({ number })}
          add={m.settings_reason_add()}
          most={50}
          maxLength={60}
          misfits={form.misfits}
        />
      </FormSection>
    </FormPage>
  )
}
