import { ArrowDown, ArrowUp, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useRef } from 'react'
import { m } from '@/i18n/admin'
import { IconButton } from '@/ui'
import styles from './Order.module.css'

interface Props {
  index: number
  count: number
  name: string
  onMove: (by: -1 | 1) => void
  onRemove: () => void
  children: ReactNode
}

const controls = 'input:not([hidden]):not([tabindex="-1"]), button:not([tabindex="-1"])'

/** An item of a list whose order means something: up, down and away by buttons, up and down with Alt and an arrow. */
export function OrderItem({ index, count, name, onMove, onRemove, children }: Props) {
  const item = useRef<HTMLLIElement>(null)
  const move = (by: -1 | 1) => {
    const to = index + by
    if (to < 0 || to >= count) return
    // The same control of the item in its new place; it is there after the next render.
    const place = [...(item.current?.querySelectorAll(controls) ?? [])].indexOf(
      document.activeElement ?? document.body,
    )
    const list = item.current?.parentElement
    onMove(by)
    setTimeout(() => focus(list?.children[to], place))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (!event.altKey || by === 0) return
    event.preventDefault()
    event.stopPropagation()
    move(by)
  }
  const remove = () => {
    const list = item.current?.parentElement
    onRemove()
    setTimeout(() => focus(list?.children[Math.min(index, count - 2)], -1))
  }
  return (
    <li ref={item} className={styles.item} onKeyDownCapture={onKeyDown}>
      {children}
      <div className={styles.buttons}>
        <IconButton
          size="small"
          icon={ArrowUp}
          label={m.settings_move_up({ name })}
          shortcut="Alt+ArrowUp"
          isDisabled={index === 0}
          onPress={() => move(-1)}
        />
        <IconButton
          size="small"
          icon={ArrowDown}
          label={m.settings_move_down({ name })}
          shortcut="Alt+ArrowDown"
          isDisabled={index === count - 1}
          onPress={() => move(1)}
        />
        <IconButton size="small" icon={X} label={m.settings_take_out({ name })} onPress={remove} />
      </div>
    </li>
  )
}

function focus(item: Element | undefined, place: number) {
  const all = [...(item?.querySelectorAll<HTMLElement & { disabled?: boolean }>(controls) ?? [])]
  const wanted = all.at(place)
  // At the end of the list the button one came by can go no further.
  const reachable = wanted?.disabled ? all.findLast(one => !one.disabled) : wanted
  reachable?.focus()
}
