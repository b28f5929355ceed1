import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
import type { OwnField } from '@/features/conditions/fields'
import { fieldWords } from '@/features/conditions/words'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { IconButton } from '@/ui/IconButton'
import { Popover } from '@/ui/Popover'
import { Select } from '@/ui/Select'
import { type ColumnSet, moved, ownAtMost, ownKeys, toggled } from './columns'
import type { Density } from './heights'
import styles from './Table.module.css'
import { useColumns } from './useColumns'

export interface Shown {
  columns?: string | undefined
  density?: Exclude<Density, 'normal'> | undefined
}

export interface Props<R extends string, X extends Shown> {
  set: ColumnSet<R, string>
  search: X
  /** Of whose custom fields columns can be made; absent: of all. */
  list?: number | undefined
  onChange: (search: X) => void
}

/** Which columns there are, in which order, and how close the rows stand. */
export default function ColumnsButton<R extends string, X extends Shown>({
  set,
  search,
  list,
  onChange,
}: Props<R, X>) {
  const { own, names: shown } = useColumns(set, search.columns)
  const show = (names: readonly (R | OwnField)[]) => onChange({ ...search, columns: set.textOf(names) })
  const here = own.filter(({ list_id }) => list === undefined || list_id === null || list_id === list)
  const all = [...shown, ...set.namesOf(here).filter(name => !shown.includes(name))]
  const isFull = ownKeys(shown).length === ownAtMost
  return (
    <Popover
      label={m.table_columns()}
      placement="bottom end"
      trigger={<IconButton icon={Columns3} label={m.table_columns()} />}
    >
      <div className={styles.chooser}>
        <ul className={styles.columns} aria-label={m.table_columns()}>
          {all.map(name => {
            const at = shown.indexOf(name)
            const words = fieldWords(name, { own })
            return (
              <li key={name} className={styles.column}>
                <Checkbox
                  label={words}
                  isSelected={at >= 0}
                  isDisabled={at >= 0 ? shown.length === 1 : isFull && !set.isRow(name)}
                  onChange={() => show(toggled(shown, name))}
                />
                {at >= 0 && (
                  <span className={styles.movers}>
                    <IconButton
                      icon={ArrowUp}
                      size="small"
                      label={m.table_up({ name: words })}
                      isDisabled={at === 0}
                      onPress={() => show(moved(shown, name, -1))}
                    />
                    <IconButton
                      icon={ArrowDown}
                      size="small"
                      label={m.table_down({ name: words })}
                      isDisabled={at === shown.length - 1}
                      onPress={() => show(moved(shown, name, 1))}
                    />
                  </span>
                )}
              </li>
            )
          })}
        </ul>
        <Select
          label={m.table_density()}
          size="small"
          options={[
            { id: 'compact', label: m.table_density_compact() },
            { id: 'normal', label: m.table_density_normal() },
            { id: 'roomy', label: m.table_density_roomy() },
          ]}
          value={search.density ?? 'normal'}
          onChange={density => onChange({ ...search, density: density === 'normal' ? undefined : density })}
        />
        <Button
          size="small"
          variant="quiet"
          isDisabled={!search.columns && !search.density}
          onPress={() => onChange({ ...search, columns: undefined, density: undefined })}
        >
          {m.table_reset()}
        </Button>
      </div>
    </Popover>
  )
}
