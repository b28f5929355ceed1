import { useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useId, useLayoutEffect, useMemo, useState } from 'react'
import { problemWords } from '@/api/problem'
import { colleaguesQuery, suggestionsQuery } from '@/api/queries'
import type { Colleague, Suggestion } from '@/api/types'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import { Pill } from '@/ui/Pill'
import { find } from './find'
import styles from './Suggest.module.css'
import type { Trigger } from './trigger'

/** What the text field passes on while the list is open; true when it was a key of the list's. */
export type ListKey = (key: string) => boolean

interface Props {
  interactionId: number
  trigger: Trigger
  keyRef: RefObject<ListKey | null>
  inputRef: RefObject<HTMLTextAreaElement | null>
  onCanned: (one: Suggestion) => void
  onColleague: (one: Colleague) => void
}

/** The list over the text field. The focus stays in the field: it says which option is meant. */
export default function Suggest(props: Props) {
  return props.trigger.kind === 'canned' ? <Canned {...props} /> : <Colleagues {...props} />
}

function Canned({ interactionId, trigger, onCanned, ...rest }: Props) {
  const query = useQuery(suggestionsQuery(interactionId))
  const found = useMemo(
    () =>
      find(query.data?.items ?? [], trigger.query, one => ({
        short: one.shortcut ?? null,
        title: one.title,
        text: one.text,
      })),
    [query.data, trigger.query],
  )
  return (
    <List
      {...rest}
      label={m.suggest_canned()}
      items={found}
      remark={remark(query, query.data?.items.length === 0, m.suggest_canned_none(), trigger.query)}
      onPick={onCanned}
    >
      {one => (
        <>
          <span className={styles.head}>
            <span className={styles.title}>{one.title}</span>
            {one.shortcut && <span className={styles.shortcut}>/{one.shortcut}</span>}
            {one.scope === 'personal' && <Pill>{m.suggest_mine()}</Pill>}
          </span>
          <span className={styles.text}>{one.text}</span>
          {one.missing.length > 0 && (
            <span className={styles.missing}>{m.suggest_missing({ names: one.missing.join(', ') })}</span>
          )}
        </>
      )}
    </List>
  )
}

function Colleagues({ interactionId, trigger, onColleague, ...rest }: Props) {
  const query = useQuery(colleaguesQuery(interactionId))
  const found = useMemo(
    () => find(query.data ?? [], trigger.query, one => ({ short: one.login, title: one.name })),
    [query.data, trigger.query],
  )
  return (
    <List
      {...rest}
      label={m.suggest_colleagues()}
      items={found}
      remark={remark(query, query.data?.length === 0, m.suggest_colleagues_none(), trigger.query)}
      onPick={onColleague}
    >
      {one => (
        <span className={styles.head}>
          <span className={styles.title}>{one.name}</span>
          <span className={styles.shortcut}>{one.login}</span>
        </span>
      )}
    </List>
  )
}

function remark(
  query: { data: unknown; error: unknown },
  isEmpty: boolean,
  none: string,
  text: string,
): string {
  if (query.data !== undefined) return isEmpty ? none : m.suggest_none_found({ text })
  return query.error ? problemWords(query.error) : m.ui_loading()
}

interface ListProps<T extends { id: number }> extends Pick<Props, 'keyRef' | 'inputRef'> {
  label: string
  items: readonly T[]
  /** Where there is nothing to choose from. */
  remark: string
  onPick: (one: T) => void
  children: (one: T) => React.ReactNode
}

function List<T extends { id: number }>({
  label,
  items,
  remark,
  keyRef,
  inputRef,
  onPick,
  children,
}: ListProps<T>) {
  const listId = useId()
  const [activeId, setActiveId] = useState<number | null>(null)
  const index = Math.max(
    0,
    items.findIndex(({ id }) => id === activeId),
  )
  const active = items[index]
  const optionId = (id: number) => `${listId}-${id}`

  useLayoutEffect(() => {
    keyRef.current = key => {
      if (key === 'ArrowDown' || key === 'ArrowUp') {
        const step = key === 'ArrowDown' ? 1 : items.length - 1
        setActiveId(items[(index + step) % items.length]?.id ?? null)
        return true
      }
      if ((key === 'Enter' || key === 'Tab') && active) {
        onPick(active)
        return true
      }
      // Nothing is sent while one looks for something.
      return key === 'Enter' && items.length === 0 && remark === m.ui_loading()
    }
    return () => {
      keyRef.current = null
    }
  })

  // The field is told which option is meant: the focus never leaves it.
  const meant = active ? optionId(active.id) : null
  useEffect(() => {
    const input = inputRef.current
    if (!input) return
    input.setAttribute('aria-controls', listId)
    if (meant) input.setAttribute('aria-activedescendant', meant)
    document.getElementById(meant ?? '')?.scrollIntoView({ block: 'nearest' })
    return () => {
      input.removeAttribute('aria-controls')
      input.removeAttribute('aria-activedescendant')
    }
  }, [inputRef, listId, meant])

  return (
    <div className={styles.suggest}>
      <span className="visually-hidden" role="status">
        {items.length > 0 ? m.suggest_count({ count: items.length }) : remark}
      </span>
      {items.length === 0 && <p className={styles.remark}>{remark}</p>}
      <div id={listId} role="listbox" aria-label={label} className={styles.list} tabIndex={-1}>
        {items.map(one => (
          // The keys are the field's: see keyRef.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field has the focus and its keys
          // biome-ignore lint/a11y/useFocusableInteractive: options of a list that is steered from the field
          <div
            key={one.id}
            id={optionId(one.id)}
            role="option"
            aria-selected={one.id === active?.id}
            className={cx(styles.option, one.id === active?.id && styles.active)}
            // A press must not take the focus out of the field.
            onPointerDown={event => event.preventDefault()}
            onPointerMove={() => one.id !== activeId && setActiveId(one.id)}
            onClick={() => onPick(one)}
          >
            {children(one)}
          </div>
        ))}
      </div>
    </div>
  )
}
