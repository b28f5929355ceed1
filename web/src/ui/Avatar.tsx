import { initials } from '@/lib/text'
import styles from './Avatar.module.css'

interface Props {
  name: string
  size?: 20 | 24 | 32 | 40
}

/** Initials on a quiet tint that stays the same for a name. Always beside the name, so hidden from screen readers. */
export function Avatar({ name, size = 32 }: Props) {
  return (
    <span
      className={styles.avatar}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.38), '--hue': hue(name) }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  )
}

function hue(name: string): number {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360
  return sum
}
