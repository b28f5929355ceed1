import { Plus } from 'lucide-react'
import { useRef } from 'react'
import { Button, TextField } from '@/ui'
import type { Misfits } from './form/draft'
import styles from './Order.module.css'
import { OrderItem } from './OrderItem'
import { move } from './order'

interface Props {
  label: string
  help: string
  /** What one of them is called, by its place. */
  item: (number: number) => string
  add: string
  /** The field of the API that it is. */
  name: string
  /** How many there may be. */
  most: number
  maxLength: number
  value: string[]
  onChange: (value: string[]) => void
  error?: string | undefined
  misfits: Misfits
}

/** Texts in the order in which they are offered. */
export function TextList(props: Props) {
  const { label, help, item, add, name, most, maxLength, value, onChange, error, misfits } = props
  const list = useRef<HTMLOListElement>(null)
  const append = () => {
    onChange([...value, ''])
    // It is there after the next render.
    setTimeout(() => list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus())
  }
  return (
    <section className={styles.section} aria-label={label}>
      <h3 className={styles.title}>{label}</h3>
      <p className={styles.help}>{help}</p>
      <ol ref={list} className={styles.list}>
        {value.map((text, index) => (
          <OrderItem
            // biome-ignore lint/suspicious/noArrayIndexKey: a text has no other identity than its place
            key={index}
            index={index}
            count={value.length}
            name={text || item(index + 1)}
            onMove={by => onChange(move(value, index, by))}
            onRemove={() => onChange(value.toSpliced(index, 1))}
          >
            <TextField
              label={item(index + 1)}
              hideLabel
              className={styles.grow ?? ''}
              value={text}
              maxLength={maxLength}
              onChange={typed => onChange(value.with(index, typed))}
              error={misfits[`${name}[${index}]`]}
            />
          </OrderItem>
        ))}
      </ol>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <Button size="small" icon={Plus} onPress={append} isDisabled={value.length >= most}>
        {add}
      </Button>
    </section>
  )
}
