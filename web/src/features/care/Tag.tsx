import { useQuery } from '@tanstack/react-query'
import { tagsQuery } from '@/api/queries'
import { m } from '@/i18n'
import { cx } from '@/ui/cx'
import styles from './Tag.module.css'

/** A tag in its colour; the colour only underlines the name. */
export function Tag({ name, isBare = false }: { name: string; isBare?: boolean }) {
  const { data: tags, isPending } = useQuery(tagsQuery)
  const colour = isPending ? 'pending' : (tags?.find(tag => tag.name === name)?.colour ?? 'grey')
  if (isBare) return <span className={cx(styles.dot, styles[colour])} aria-hidden="true" />
  return (
    <span className={styles.tag}>
      <span className={cx(styles.dot, styles[colour])} aria-hidden="true" />
      <span className={styles.name}>{name}</span>
    </span>
  )
}

/** One by its name, several by their colours; the names for whoever points at them or hears them. */
export function TagDots({ names }: { names: readonly string[] }) {
  const [first] = names
  if (first === undefined) return null
  const words = m.interactions_tags({ tags: names.join(', ') })
  return (
    <span className={styles.dots} title={words}>
      <span className="visually-hidden">{words}</span>
      {names.length === 1 ? (
        <span className={styles.one} aria-hidden="true">
          <Tag name={first} />
        </span>
      ) : (
        names.slice(0, 4).map(name => <Tag key={name} name={name} isBare />)
      )}
    </span>
  )
}
