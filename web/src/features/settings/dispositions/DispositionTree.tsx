import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, ListChecks, ListPlus, Pencil, Plus, RotateCcw, Trash2, X } from 'lucide-react'
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react'
import { problemWords } from '@/api/problem'
import { dispositionsQuery } from '@/api/queries'
import type { Disposition } from '@/api/types'
import { useProvide } from '@/commands/context'
import { shortcutOf } from '@/commands/registry'
import { m } from '@/i18n/admin'
import { Button, cx, EmptyState, ErrorNote, IconButton, Pill, SkeletonRows, Switch, toast } from '@/ui'
import settings from '../Settings.module.css'
import { sectionLabel } from '../sections'
import { arrange, changeDisposition, deleteDisposition } from './actions'
import { DispositionDialog, type Edited } from './DispositionDialog'
import styles from './Dispositions.module.css'
import { moved, type TreeRow, treeOf } from './tree'
import { scopeWords } from './words'

const levels = 3

/**
 * The tree: arrows go up and down, Enter changes, Insert adds below, Alt and an arrow moves, Delete retires or
 * deletes. The buttons of a row do the same.
 */
export function DispositionTree() {
  const client = useQueryClient()
  const { data: all, error, refetch } = useQuery(dispositionsQuery)
  const [withRetired, setWithRetired] = useState(false)
  const [edited, setEdited] = useState<Edited | null>(null)
  const [current, setCurrent] = useState<number | null>(null)
  const page = useRef<HTMLDivElement>(null)
  const groups = useMemo(() => treeOf(all ?? [], withRetired), [all, withRetired])
  const rows = groups.flatMap(group => group.rows)
  const focused = rows.find(({ one }) => one.id === current) ?? rows[0]
  const add = useCallback(() => setEdited({ what: 'new', parent: null, scope: 'global', scopeId: 0 }), [])
  const part = useMemo(() => ({ settingsList: { create: add } }), [add])
  useProvide(part)

  const focus = (id: number) => {
    setCurrent(id)
    // It is in its place after the next render.
    setTimeout(() => page.current?.querySelector<HTMLElement>(`[data-disposition="${id}"]`)?.focus())
  }
  const attempt = async (what: Promise<void>) => {
    try {
      await what
    } catch (problem) {
      toast(problemWords(problem), { tone: 'danger' })
    }
  }
  const move = (row: TreeRow, by: -1 | 1) => {
    const ids = moved(row, by)
    if (ids) void attempt(arrange(client, ids).then(() => focus(row.one.id)))
  }
  const below = ({ one }: TreeRow) => {
    if (one.level >= levels || one.retired) return
    setEdited({ what: 'new', parent: one, scope: one.scope, scopeId: one.scope_id })
  }
  const remove = (row: TreeRow) => {
    const { one } = row
    const next = rows[rows.indexOf(row) - 1] ?? rows[1]
    const isUsed = one.used > 0 || (all ?? []).some(other => isBelow(other, one, all ?? []) && other.used > 0)
    const act = one.retired
      ? changeDisposition(client, one, { retired: false })
      : isUsed
        ? changeDisposition(client, one, { retired: true })
        : deleteDisposition(client, one)
    void attempt(
      act.then(() => {
        if (!one.retired) toast(isUsed ? m.settings_disposition_retired() : m.settings_removed())
        if (next && !one.retired && !withRetired) focus(next.one.id)
      }),
    )
  }
  const onKeyDown = (event: KeyboardEvent, row: TreeRow) => {
    if (event.target !== event.currentTarget) return
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by !== 0 && event.altKey) move(row, by)
    else if (by !== 0) {
      const to = rows[rows.indexOf(row) + by]
      if (to) focus(to.one.id)
    } else if (event.key === 'Enter' || event.key === 'F2') setEdited({ what: 'change', one: row.one })
    else if (event.key === 'Insert') below(row)
    else if (event.key === 'Delete') remove(row)
    else return
    event.preventDefault()
  }

  return (
    <div ref={page} className={settings.list}>
      <header className={settings.listHeader}>
        <div className={settings.listHeading}>
          <h2 className={settings.title}>{sectionLabel('dispositions')}</h2>
          <p className={settings.lead}>{m.settings_dispositions_lead()}</p>
        </div>
        {rows.length > 0 && (
          <Button variant="primary" icon={Plus} shortcut={shortcutOf('settings.new')} onPress={add}>
            {m.settings_disposition_new()}
          </Button>
        )}
      </header>
      {error && !all && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!all && !error && <SkeletonRows count={4} />}
      {all?.some(({ retired }) => retired) && (
        <div className={settings.tools}>
          <Switch
            label={m.settings_show_retired()}
            isSelected={withRetired}
            onChange={on => setWithRetired(on)}
          />
        </div>
      )}
      {all && rows.length === 0 && (
        <EmptyState
          icon={ListChecks}
          title={m.settings_dispositions_empty()}
          action={
            <Button variant="primary" icon={Plus} onPress={add}>
              {m.settings_disposition_new()}
            </Button>
          }
        >
          {m.settings_dispositions_empty_words()}
        </EmptyState>
      )}
      {groups.map(group => (
        <section key={`${group.scope} ${group.scopeId}`} className={styles.group}>
          <h3 className={styles.heading}>{scopeWords(group.scope, group.name)}</h3>
          <div role="tree" aria-label={scopeWords(group.scope, group.name)}>
            {group.rows.map(row => (
              <div
                key={row.one.id}
                role="treeitem"
                data-disposition={row.one.id}
                aria-level={row.one.level}
                aria-posinset={row.siblings.indexOf(row.one) + 1}
                aria-setsize={row.siblings.length}
                aria-selected={row === focused}
                aria-label={row.one.name}
                tabIndex={row === focused ? 0 : -1}
                className={cx(styles.row, row.isHidden && styles.retired)}
                style={{ '--level': row.one.level - 1 }}
                onFocus={() => setCurrent(row.one.id)}
                onKeyDown={event => onKeyDown(event, row)}
              >
                <span className={styles.words}>
                  <span className={cx(styles.name, row.isHeading && styles.isHeading)}>{row.one.name}</span>
                  {row.one.retired && <Pill>{m.settings_retired()}</Pill>}
                  {row.one.description && <span className={settings.muted}>{row.one.description}</span>}
                </span>
                <span className={styles.used}>
                  {row.one.used > 0 && m.settings_used({ count: row.one.used })}
                </span>
                <Buttons
                  row={row}
                  onMove={by => move(row, by)}
                  onBelow={() => below(row)}
                  onEdit={() => setEdited({ what: 'change', one: row.one })}
                  onRemove={() => remove(row)}
                />
              </div>
            ))}
          </div>
        </section>
      ))}
      {edited && (
        <DispositionDialog
          edited={edited}
          onClose={() => setEdited(null)}
          onDone={id => {
            setEdited(null)
            focus(id)
          }}
        />
      )}
    </div>
  )
}

interface ButtonsProps {
  row: TreeRow
  onMove: (by: -1 | 1) => void
  onBelow: () => void
  onEdit: () => void
  onRemove: () => void
}

function Buttons({ row, onMove, onBelow, onEdit, onRemove }: ButtonsProps) {
  const { one, siblings } = row
  const { name } = one
  const place = siblings.indexOf(one)
  return (
    <span className={styles.buttons}>
      <IconButton
        size="small"
        icon={ListPlus}
        label={m.settings_disposition_below({ name })}
        shortcut="Insert"
        isDisabled={one.level >= levels || row.isHidden}
        onPress={onBelow}
      />
      <IconButton
        size="small"
        icon={Pencil}
        label={m.settings_disposition_change({ name })}
        shortcut="Enter"
        onPress={onEdit}
      />
      <IconButton
        size="small"
        icon={ArrowUp}
        label={m.settings_move_up({ name })}
        shortcut="Alt+ArrowUp"
        isDisabled={place === 0}
        onPress={() => onMove(-1)}
      />
      <IconButton
        size="small"
        icon={ArrowDown}
        label={m.settings_move_down({ name })}
        shortcut="Alt+ArrowDown"
        isDisabled={place === siblings.length - 1}
        onPress={() => onMove(1)}
      />
      <IconButton
        size="small"
        icon={one.retired ? RotateCcw : one.used > 0 ? X : Trash2}
        label={
          one.retired
            ? m.settings_disposition_bring_back({ name })
            : one.used > 0
              ? m.settings_disposition_retire({ name })
              : m.settings_disposition_delete({ name })
        }
        shortcut="Delete"
        onPress={onRemove}
      />
    </span>
  )
}

function isBelow(one: Disposition, above: Disposition, all: readonly Disposition[]): boolean {
  const parent = all.find(({ id }) => id === one.parent_id)
  return parent !== undefined && (parent.id === above.id || isBelow(parent, above, all))
}
