import { locale } from '@/i18n'
import { m } from '@/i18n/pages'
import styles from './Files.module.css'

/** How far a file has come. */
export function Progress({ done }: { done: number }) {
  const words = done.toLocaleString(locale(), { style: 'percent', maximumFractionDigits: 0 })
  return (
    <span className={styles.progress}>
      <progress value={done} max={1} aria-label={m.composer_file_uploading()} />
      <span aria-hidden="true">{words}</span>
    </span>
  )
}
