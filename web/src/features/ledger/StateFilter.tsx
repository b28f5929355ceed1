import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import type { Delivery } from '@/api/types'
import { m } from '@/i18n/admin'
import { cx } from '@/ui'
import styles from './Ledger.module.css'
import { states } from './search'
import { stateWords } from './states'

interface Props {
  value: Delivery['state'] | undefined
  onChange: (search: { state?: Delivery['state'] }) => void
}

/** Failed stands first: it is what one comes here for. */
export function StateFilter({ value, onChange }: Props) {
  return (
    <ToggleButtonGroup
      aria-label={m.ledger_state()}
      className={styles.states ?? ''}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value ?? 'all']}
      onSelectionChange={keys => {
        const chosen = states.find(state => keys.has(state))
        onChange(chosen ? { state: chosen } : {})
      }}
    >
      <ToggleButton id="all" className={styles.state ?? ''}>
        {m.ledger_all()}
      </ToggleButton>
      {states.map(state => {
        const { icon: Icon, label } = stateWords[state]
        return (
          <ToggleButton
            key={state}
            id={state}
            className={cx(styles.state, state === 'failed' && styles.failed)}
          >
            <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
            {label()}
          </ToggleButton>
        )
      })}
    </ToggleButtonGroup>
  )
}
