import { Keyboard } from 'lucide-react'
import { useState } from 'react'
import { useContextReader } from '@/commands/context'
import { type Command, type Context, commands, keysOf } from '@/commands/registry'
import { openDialog } from '@/features/frame/dialogs'
import { m } from '@/i18n/pages'
import { Button, Dialog, Kbd } from '@/ui'
import styles from './Sheet.module.css'

/** Every shortcut of the desk, also those of other screens. */
export default function Sheet({ onClose }: { onClose: () => void }) {
  const [context] = useState(useContextReader())
  if (!context) return null
  return (
    <Dialog
      title={m.palette_shortcuts()}
      size="large"
      isOpen
      onOpenChange={onClose}
      cancel={null}
      footer={
        <Button
          icon={Keyboard}
          onPress={() => {
            onClose()
            openDialog('keys')
          }}
        >
          {m.keys_title()}
        </Button>
      }
    >
      <div className={styles.groups}>
        {groups(context).map(([name, list]) => (
          <section key={name} className={styles.group}>
            <h3 className={styles.heading}>{name}</h3>
            <dl>
              {list.map(command => (
                <div key={command.id} className={styles.row}>
                  <dt>{command.label(context)}</dt>
                  <dd className={styles.keys}>
                    {keysOf(command).map(keys => (
                      <Kbd key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

/** Those of other screens too, but of none that one does not have. */
function groups(context: Context): [string, Command[]][] {
  const found = new Map<string, Command[]>()
  for (const command of commands) {
    if (keysOf(command).length === 0 || command.mayEver?.(context) === false) continue
    const name = command.group()
    found.set(name, [...(found.get(name) ?? []), command])
  }
  return [...found]
}
