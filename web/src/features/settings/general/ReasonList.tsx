import { Plus } from 'lucide-react'
import { useRef } from 'react'
import { m } from '@/i18n/admin'
import { Button, TextField } from '@/ui'
import type { Misfits } from '../form/draft'
import styles from '../Order.module.css'
import { OrderItem } from '../OrderItem'
import { move } from '../order'

interface Props {
  label: string
  value: string[]
  onChange: (value: string[]) => void
  misfits: Misfits
}

/** Why agents may pause, in the order of their menu. */
export function ReasonList({ label, value, onChange, misfits }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const add = () => {
    onChange([...value, ''])
    // It is there after the next render.
    setTimeout(() => list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus())
  }
  return (
    <section className={styles.section} aria-label={label}>
      <h3 className={styles.title}>{label}</h3>
      <p className={styles.help}>{m.settings_pause_reasons_help()}</p>
      <ol ref={list} className={styles.list}>
        {value.map((reason, index) => (
          <OrderItem
            // biome-ignore lint/suspicious/noArrayIndexKey: a reason has no other identity than its place
            key={index}
            index={index}
            count={value.length}
            name={reason || m.settings_reason({ number: index + 1 })}
            onMove={by => onChange(move(value, index, by))}
            onRemove={() => onChange(value.toSpliced(index, 1))}
          >
            <TextField
              label={m.settings_reason({ number: index + 1 })}
              hideLabel
              className={styles.grow ?? ''}
              value={reason}
              maxLength={60}
              onChange={text => onChange(value.with(index, text))}
              error={misfits[`pause_reasons[${index}]`]}
            />
          </OrderItem>
        ))}
      </ol>
      <Button size="small" icon={Plus} onPress={add} isDisabled={value.length >= 50}>
        {m.settings_reason_add()}
      </Button>
    </section>
  )
}
