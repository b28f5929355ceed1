import { type KeyboardEvent, useId, useState } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { useContextReader } from '@/commands/context'
import { type Command, type Context, commands, isPossible, keysOf } from '@/commands/registry'
import { runCommand } from '@/commands/useCommand'
import { m } from '@/i18n/pages'
import { folded } from '@/lib/search'
import { cx, Kbd } from '@/ui'
import styles from './Palette.module.css'

/** Everything that can be done here, by name. */
export default function Palette({ onClose }: { onClose: () => void }) {
  // What was possible when it opened: the palette itself changes nothing of it.
  const [context] = useState(useContextReader())
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const listId = useId()
  const found = context ? search(text, context) : []
  const chosen = found[Math.min(active, found.length - 1)]
  const choose = (command: Command) => {
    onClose()
    // The dialog gives the focus back first; a command may move it elsewhere.
    if (context) setTimeout(() => void runCommand(command, context))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      const next = (Math.min(active, found.length - 1) + step + found.length) % Math.max(1, found.length)
      setActive(next)
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      choose(chosen)
    }
  }
  return (
    <ModalOverlay className={styles.overlay ?? ''} isOpen isDismissable onOpenChange={onClose}>
      <Modal className={styles.modal ?? ''}>
        <Dialog className={styles.dialog ?? ''} aria-label={m.palette_open()}>
          <input
            autoFocus
            className={styles.input}
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={chosen ? `${listId}-${found.indexOf(chosen)}` : undefined}
            aria-label={m.palette_search()}
            placeholder={m.palette_search()}
            value={text}
            onChange={event => {
              setText(event.target.value)
              setActive(0)
            }}
            onKeyDown={onKeyDown}
          />
          <div className={styles.list} id={listId} role="listbox" aria-label={m.palette_open()}>
            {found.map((command, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text field's
              <div
                key={command.id}
                id={`${listId}-${index}`}
                className={cx(styles.item, command === chosen && styles.active)}
                role="option"
                tabIndex={-1}
                aria-selected={command === chosen}
                onPointerMove={() => setActive(index)}
                onClick={() => choose(command)}
              >
                {command.icon && <command.icon size={16} strokeWidth={1.75} aria-hidden="true" />}
                <span className={styles.label}>{context && command.label(context)}</span>
                <span className={styles.group}>{command.group()}</span>
                {keysOf(command)[0] && <Kbd keys={keysOf(command)[0] ?? ''} />}
              </div>
            ))}
          </div>
          {found.length === 0 && (
            <p className={styles.none} role="status">
              {m.palette_none({ text })}
            </p>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function search(text: string, context: Context): Command[] {
  const words = folded(text).split(/\s+/).filter(Boolean)
  return commands.filter(command => {
    if (command.isHidden || !isPossible(command, context)) return false
    const name = folded(`${command.group()} ${command.label(context)}`)
    return words.every(word => name.includes(word))
  })
}
