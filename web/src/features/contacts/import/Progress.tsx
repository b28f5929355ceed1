import { locale } from '@/i18n'
import styles from './Import.module.css'

/** How far something is, from 0 to 1; `null`: nobody knows. */
export function Progress({ label, done }: { label: string; done: number | null }) {
  const words = done?.toLocaleString(locale(), { style: 'percent', maximumFractionDigits: 0 })
  return (
    <div className={styles.progress}>
      <span className={styles.progressWords} aria-hidden="true">
        {label}
        {words && <span>{words}</span>}
      </span>
      <progress aria-label={label} max={1} value={done ?? undefined} />
    </div>
  )
}
