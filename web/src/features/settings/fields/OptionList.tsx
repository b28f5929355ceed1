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
  error?: string | undefined
  misfits: Misfits
}

/** What can be chosen in a field, in the order in which it is offered. */
export function OptionList({ label, value, onChange, error, misfits }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const add = () => {
    onChange([...value, ''])
    // It is there after the next render.
    setTimeout(() => list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus())
  }
  return (
    <section className={styles.section} aria-label={label}>
      <h3 className={styles.title}>{label}</h3>
      <p className={styles.help}>{m.settings_field_options_help()}</p>
      <ol ref={list} className={styles.list}>
        {value.map((option, index) => (
          <OrderItem
            // biome-ignore lint/suspicious/noArrayIndexKey: a choice has no other identity than its place
            key={index}
            index={index}
            count={value.length}
            name={option || m.settings_field_option({ number: index + 1 })}
            onMove={by => onChange(move(value, index, by))}
            onRemove={() => onChange(value.toSpliced(index, 1))}
          >
            <TextField
              label={m.settings_field_option({ number: index + 1 })}
              hideLabel
              className={styles.grow ?? ''}
              value={option}
              maxLength={100}
              onChange={text => onChange(value.with(index, text))}
              error={misfits[`options[${index}]`]}
            />
          </OrderItem>
        ))}
      </ol>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <Button size="small" icon={Plus} onPress={add} isDisabled={value.length >= 100}>
        {m.settings_field_option_add()}
      </Button>
    </section>
  )
}
