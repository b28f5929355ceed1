import type { Mask } from '@/api/types'
import { m } from '@/i18n/admin'
import { NumberField, Select } from '@/ui'
import styles from './Mask.module.css'
import { masked } from './masking'

interface Props {
  label: string
  value: Mask
  onChange: (value: Mask) => void
  /** What it is shown with. */
  sample: string
}

export function MaskField({ label, value, onChange, sample }: Props) {
  const setMode = (mode: Mask['mode']) => onChange(mode === 'last' ? { mode, count: 4 } : { mode })
  return (
    <div className={styles.row}>
      <Select
        label={label}
        value={value.mode}
        onChange={setMode}
        className={styles.mode ?? ''}
        options={[
          { id: 'none', label: m.settings_mask_none() },
          { id: 'last', label: m.settings_mask_last() },
          { id: 'full', label: m.settings_mask_full() },
        ]}
      />
      {value.mode === 'last' && (
        <NumberField
          label={m.settings_mask_count()}
          value={value.count}
          minValue={1}
          maxValue={50}
          onChange={count => onChange({ mode: 'last', count: Number.isNaN(count) ? 1 : count })}
        />
      )}
      <p className={styles.preview}>
        <span className={styles.caption}>{m.settings_mask_seen()}</span>
        <output>{masked(value, sample)}</output>
      </p>
    </div>
  )
}
