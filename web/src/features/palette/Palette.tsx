import { useState } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { useContextReader } from '@/commands/context'
import { type Context, commands, isPossible, keysOf } from '@/commands/registry'
import { runCommand } from '@/commands/useCommand'
import { m } from '@/i18n/pages'
import { Kbd } from '@/ui'
import { Finder, type Found } from '@/ui/Finder'
import styles from './Palette.module.css'

/** Everything that can be done here, by name. */
export default function Palette({ onClose }: { onClose: () => void }) {
  // What was possible when it opened: the palette itself changes nothing of it.
  const [context] = useState(useContextReader())
  const choose = (id: string) => {
    onClose()
    const command = commands.find(one => one.id === id)
    // The dialog gives the focus back first; a command may move it elsewhere.
    if (command && context) setTimeout(() => void runCommand(command, context))
  }
  return (
    <ModalOverlay className={styles.overlay ?? ''} isOpen isDismissable onOpenChange={onClose}>
      <Modal className={styles.modal ?? ''}>
        <Dialog className={styles.dialog ?? ''} aria-label={m.palette_open()}>
          <Finder
            isBare
            label={m.palette_search()}
            placeholder={m.palette_search()}
            items={context ? possible(context) : []}
            none={text => m.palette_none({ text })}
            onChoose={choose}
          />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function possible(context: Context): Found<string>[] {
  return commands
    .filter(command => !command.isHidden && isPossible(command, context))
    .map(command => {
      const [keys] = keysOf(command)
      return {
        id: command.id,
        label: command.label(context),
        words: `${command.group()} ${command.words?.() ?? ''}`,
        mark: command.icon && <command.icon size={16} strokeWidth={1.75} aria-hidden="true" />,
        detail: (
          <span className={styles.end}>
            {command.group()}
            {keys && <Kbd keys={keys} />}
          </span>
        ),
      }
    })
}
