import { useState } from 'react'
import { useContextReader } from '@/commands/context'
import { type Command, changeKeys, commands, keysOf } from '@/commands/registry'
import { m } from '@/i18n/pages'
import { folded } from '@/lib/search'
import { Button, Dialog, SearchField } from '@/ui'
import styles from './Keys.module.css'
import { KeysRow } from './KeysRow'
import { resetAll } from './keysChange'

/** One's own keys for every command, kept in this browser. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const [context] = useState(useContextReader())
  const [text, setText] = useState('')
  // The registry is no state of React's: a change draws the dialog anew.
  const [, redraw] = useState(0)
  const changed = () => redraw(count => count + 1)
  if (!context) return null
  const label = (command: Command) => command.label(context)
  const found = commands.filter(command =>
    folded(`${command.group()} ${label(command)} ${keysOf(command).join(' ')}`).includes(folded(text)),
  )
  return (
    <Dialog
      title={m.keys_title()}
      isOpen
      onOpenChange={onClose}
      cancel={null}
      aside={
        <Button
          variant="quiet"
          onPress={() => {
            resetAll()
            changed()
          }}
        >
          {m.keys_reset_all()}
        </Button>
      }
      footer={
        <Button variant="primary" onPress={onClose}>
          {m.ui_close()}
        </Button>
      }
    >
      <p className={styles.help}>
        {m.keys_help()} {m.keys_rest()}
      </p>
      <SearchField
        label={m.palette_search()}
        placeholder={m.palette_search()}
        value={text}
        onChange={setText}
      />
      <div className={styles.list}>
        {groupsOf(found).map(([name, list]) => (
          <div key={name}>
            <h3 className={styles.group}>{name}</h3>
            <ul>
              {list.map(command => (
                <KeysRow
                  key={command.id}
                  command={command}
                  label={label(command)}
                  labelOf={label}
                  onChanged={changed}
                  onReset={() => {
                    changeKeys(command.id, null)
                    changed()
                  }}
                />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Dialog>
  )
}

function groupsOf(list: readonly Command[]): [string, Command[]][] {
  const found = new Map<string, Command[]>()
  for (const command of list) found.set(command.group(), [...(found.get(command.group()) ?? []), command])
  return [...found]
}
