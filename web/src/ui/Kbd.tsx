import { keyParts } from '@/lib/keys'
import styles from './Kbd.module.css'

/** Keys as the person's keyboard names them: "Mod+K" is ⌘ K on a Mac and Ctrl K elsewhere. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className={styles.keys}>
      {keyParts(keys).map(part => (
        <kbd key={part} className={styles.key}>
          {part}
        </kbd>
      ))}
    </kbd>
  )
}
