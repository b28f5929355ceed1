// What cells of several tables show.
import { Tag } from '@/features/care/Tag'
import { m } from '@/i18n/pages'
import styles from './Table.module.css'

/** The first by its name; of the others, how many they are. */
export function Tags({ names }: { names: readonly string[] }) {
  const [first, ...more] = names
  if (first === undefined) return null
  const words = m.table_more_tags({ count: String(more.length), tags: more.join(', ') })
  return (
    <>
      <Tag name={first} />
      {more.length > 0 && (
        <span className={styles.more} title={words}>
          <span aria-hidden="true">+{more.length}</span>
          <span className="visually-hidden">{words}</span>
        </span>
      )}
    </>
  )
}

export function Words({ title, children }: { title?: string; children: string }) {
  return (
    <span className={styles.words} title={title ?? children}>
      {children}
    </span>
  )
}
