import { Plus, RotateCcw } from 'lucide-react'
import { useCallback, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { type Command, keysOf } from '@/commands/registry'
import { m } from '@/i18n/pages'
import { keyParts } from '@/lib/keys'
import { Button, IconButton, Kbd } from '@/ui'
import styles from './Keys.module.css'
import { holderOf, isChanged, isReserved, moveKeys, replaceKeys } from './keysChange'
import { useKeyCapture } from './useKeyCapture'

interface Props {
  command: Command
  label: string
  labelOf: (command: Command) => string
  onChanged: () => void
  onReset: () => void
}

/** `old` is what is being replaced; null for one more. */
type Capture = { old: string | null; part: string; problem: 'reserved' | Command | null; keys: string }

export function KeysRow({ command, label, labelOf, onChanged, onReset }: Props) {
  const [capture, setCapture] = useState<Capture | null>(null)
  const begin = (old: string | null) => setCapture({ old, part: '', problem: null, keys: '' })
  const old = capture?.old ?? null
  const done = useCallback(() => {
    setCapture(null)
    onChanged()
  }, [onChanged])
  useKeyCapture({
    isOn: capture !== null && capture.problem === null,
    onPart: useCallback((part: string) => setCapture(held => held && { ...held, part }), []),
    onCancel: useCallback(() => setCapture(null), []),
    onRemove: useCallback(() => {
      if (old !== null) replaceKeys(command, old, null)
      done()
    }, [command, old, done]),
    onKeys: useCallback(
      (keys: string) => {
        const problem = isReserved(keys) ? 'reserved' : (holderOf(keys, command) ?? null)
        if (problem) return setCapture(held => held && { ...held, problem, keys })
        replaceKeys(command, old, keys)
        done()
      },
      [command, old, done],
    ),
  })
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <span className={styles.label}>{label}</span>
        {capture ? (
          <span className={styles.capture} role="status">
            {capture.part ? <Kbd keys={capture.part} /> : m.keys_press()}
          </span>
        ) : (
          keysOf(command).map(keys => (
            <AriaButton
              key={keys}
              className={styles.keys ?? ''}
              aria-label={m.keys_change({ keys: keyParts(keys).join(' '), command: label })}
              onPress={() => begin(keys)}
            >
              <Kbd keys={keys} />
            </AriaButton>
          ))
        )}
        <IconButton
          icon={Plus}
          size="small"
          label={m.keys_add({ command: label })}
          isDisabled={capture !== null}
          onPress={() => begin(null)}
        />
        <IconButton
          icon={RotateCcw}
          size="small"
          label={m.keys_reset_one({ command: label })}
          isDisabled={!isChanged(command)}
          onPress={onReset}
        />
      </div>
      {capture?.problem === null && <p className={styles.hint}>{m.keys_press_help()}</p>}
      {capture?.problem && (
        <div className={styles.problem} role="alert">
          <p>{problemWords(capture, labelOf)}</p>
          {capture.problem !== 'reserved' && (
            <Button
              size="small"
              onPress={() => {
                if (capture.problem && capture.problem !== 'reserved') {
                  moveKeys(capture.problem, command, capture.old, capture.keys)
                }
                done()
              }}
            >
              {m.keys_move()}
            </Button>
          )}
          <Button size="small" variant="quiet" onPress={() => setCapture(null)}>
            {m.ui_cancel()}
          </Button>
        </div>
      )}
    </li>
  )
}

function problemWords({ keys, problem }: Capture, labelOf: (command: Command) => string): string {
  const named = keyParts(keys).join(' ')
  if (problem === null || problem === 'reserved') return m.keys_reserved({ keys: named })
  return m.keys_taken({ keys: named, command: labelOf(problem) })
}
