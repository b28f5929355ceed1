import { useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useProvide } from '@/commands/context'
import { m } from '@/i18n/admin'
import { Note, SaveBar } from '@/ui'
import type { SectionId } from '../sections'
import { BackLink } from './BackLink'
import type { Stored } from './collection'
import { rootOf } from './draft'
import styles from './Form.module.css'
import { Guard } from './Guard'
import type { ResourceForm } from './useResourceForm'

interface Props<T extends Stored, D extends object> {
  form: ResourceForm<T, D>
  section: SectionId
  title: string
  /** Beside the title: a state, a way to remove it. */
  actions?: ReactNode
  /** "Create queue", for a new one. */
  create?: string
  /** The general settings stand in no list. */
  isSingle?: boolean
  children: ReactNode
}

/** A thing that is administered: its fields, the bar that says what changed, and the guard at the door. */
export function FormPage<T extends Stored, D extends object>({
  form,
  section,
  title,
  actions,
  create,
  isSingle = false,
  children,
}: Props<T, D>) {
  const router = useRouter()
  const page = useRef<HTMLDivElement>(null)
  const { isNew, isLeaving, save, isDirty } = form

  const onSave = async () => {
    const answer = await save()
    if (answer?.id === undefined || !isNew) return
    isLeaving.current = true
    await router.navigate({ to: '/settings/$section/$item', params: { section, item: String(answer.id) } })
  }
  const latest = useRef(onSave)
  latest.current = onSave
  const command = useMemo(() => ({ settingsForm: { save: () => void latest.current() } }), [])
  useProvide(command)

  // What the server said about a field is of no use below the edge of the screen.
  useEffect(() => {
    if (Object.keys(form.misfits).length === 0) return
    page.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] [tabindex="0"]')?.focus()
  }, [form.misfits])

  const onDiscard = () => {
    if (isNew && !isSingle) void router.navigate({ to: '/settings/$section', params: { section } })
    else form.discard()
  }
  const unplaced = Object.entries(form.misfits).filter(([path]) => !(rootOf(path) in form.draft))
  const notices = (form.theirs || unplaced.length > 0) && (
    <>
      {form.theirs && (
        <Note tone="warning">
          {m.settings_theirs({ fields: form.theirs.changed.join(', ') })}{' '}
          {form.theirs.both.length > 0 && m.settings_theirs_both({ fields: form.theirs.both.join(', ') })}
        </Note>
      )}
      {unplaced.map(([path, words]) => (
        <Note key={path} tone="danger">{`${path}: ${words}`}</Note>
      ))}
    </>
  )
  return (
    <div ref={page} className={styles.page}>
      <header className={styles.header}>
        {!isSingle && <BackLink section={section} />}
        <div className={styles.heading}>
          <h2 className={styles.title}>{title}</h2>
          {actions && <div className={styles.actions}>{actions}</div>}
        </div>
      </header>
      {children}
      <SaveBar
        changes={form.changes}
        isPending={form.isPending}
        error={form.error}
        create={isNew ? create : undefined}
        onSave={() => void onSave()}
        onDiscard={onDiscard}
      >
        {notices}
      </SaveBar>
      <Guard isDirty={isDirty} isLeaving={isLeaving} changes={form.changes} />
    </div>
  )
}
