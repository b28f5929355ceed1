import { useQueryClient } from '@tanstack/react-query'
import { Pencil, Pin, PinOff, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { ContactCard, ContactNote } from '@/api/types'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { cx } from '@/ui/cx'
import { ErrorNote } from '@/ui/ErrorNote'
import { IconButton } from '@/ui/IconButton'
import { Skeleton } from '@/ui/Skeleton'
import { TextArea } from '@/ui/TextArea'
import { DateTime } from '@/ui/Time'
import styles from './Card.module.css'

interface Props {
  contact: ContactCard
  mayEdit: boolean
}

/** What colleagues should know of them; one of them is pinned, and stands first. */
export function Notes({ contact, mayEdit }: Props) {
  const { id, notes } = contact
  const client = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const reread = () => client.invalidateQueries({ queryKey: keys.contact(id) })
  const attempt = async (what: () => Promise<unknown>): Promise<boolean> => {
    setError(null)
    try {
      await what()
      return true
    } catch (problem) {
      setError(problem)
      return false
    } finally {
      await reread()
    }
  }
  const sorted = notes?.toSorted((one, other) => Number(other.pinned) - Number(one.pinned))
  return (
    <section className={styles.written} aria-label={m.contacts_notes()}>
      <h2 className={styles.heading}>{m.contacts_notes()}</h2>
      {error !== null && <ErrorNote error={error} />}
      {mayEdit && (
        <Writer
          label={m.contacts_note_new()}
          submit={m.contacts_note_add()}
          onSave={text => attempt(() => api.post(`/contacts/${id}/notes`, { text }))}
        />
      )}
      {!sorted && <Skeleton height={48} />}
      {sorted?.length === 0 && <p className={styles.none}>{m.contacts_notes_none()}</p>}
      <ul className={styles.noteList}>
        {sorted?.map(note => (
          <Item key={note.id} note={note} contactId={id} mayEdit={mayEdit} attempt={attempt} />
        ))}
      </ul>
    </section>
  )
}

interface ItemProps {
  note: ContactNote
  contactId: number
  mayEdit: boolean
  attempt: (what: () => Promise<unknown>) => Promise<boolean>
}

function Item({ note, contactId, mayEdit, attempt }: ItemProps) {
  const { user } = useSession()
  const [isEdited, setEdited] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const path = `/contacts/${contactId}/notes/${note.id}`
  // A colleague's words are theirs; whom the server lets change them besides, it says.
  const isMine = note.by.id === user.id || user.role !== 'agent'
  const change = (what: object) => attempt(() => api.patch(path, { version: note.version, ...what }))
  return (
    <li className={cx(styles.item, note.pinned && styles.pinned)}>
      <p className={styles.byline}>
        {note.pinned && <Pin size={12} aria-label={m.contacts_note_pinned()} />}
        <span>{note.by.name}</span>
        <DateTime at={note.edited_at ?? note.at} />
        {note.edited_at && <span>{m.contacts_note_edited()}</span>}
        {mayEdit && (
          <span className={styles.noteActs}>
            <IconButton
              icon={note.pinned ? PinOff : Pin}
              size="small"
              label={note.pinned ? m.contacts_note_unpin() : m.contacts_note_pin()}
              onPress={() => void change({ pinned: !note.pinned })}
            />
            {isMine && (
              <>
                <IconButton
                  icon={Pencil}
                  size="small"
                  label={m.contacts_note_edit()}
                  onPress={() => setEdited(true)}
                />
                <IconButton
                  icon={Trash2}
                  size="small"
                  label={m.contacts_note_delete()}
                  onPress={() => setAsked(true)}
                />
              </>
            )}
          </span>
        )}
      </p>
      {isEdited ? (
        <Writer
          label={m.contacts_note_edit()}
          submit={m.ui_save()}
          initial={note.text}
          onSave={async text => {
            const isDone = await change({ text })
            if (isDone) setEdited(false)
            return isDone
          }}
          onCancel={() => setEdited(false)}
        />
      ) : (
        <p className={styles.lines}>{note.text}</p>
      )}
      <ConfirmDialog
        title={m.contacts_note_delete_title()}
        confirm={m.contacts_note_delete()}
        isDanger
        isOpen={isAsked}
        onOpenChange={setAsked}
        onConfirm={() => attempt(() => api.delete(path))}
      >
        {m.contacts_note_delete_help()}
      </ConfirmDialog>
    </li>
  )
}

interface WriterProps {
  label: string
  submit: string
  initial?: string
  onSave: (text: string) => Promise<boolean>
  onCancel?: () => void
}

function Writer({ label, submit, initial = '', onSave, onCancel }: WriterProps) {
  const [text, setText] = useState(initial)
  const [isPending, setPending] = useState(false)
  const save = async () => {
    const said = text.trim()
    if (!said || isPending) return
    setPending(true)
    const isDone = await onSave(said)
    setPending(false)
    if (isDone) setText('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void save()
    } else if (event.key === 'Escape' && onCancel) onCancel()
  }
  const isShown = text.trim() !== '' || onCancel
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are the field's
    <div className={styles.writer} onKeyDown={onKeyDown}>
      <TextArea
        label={label}
        hideLabel
        placeholder={label}
        rows={2}
        maxLength={4000}
        value={text}
        onChange={setText}
        autoFocus={Boolean(onCancel)}
      />
      {isShown && (
        <div className={styles.writerActs}>
          {onCancel && (
            <Button size="small" onPress={onCancel}>
              {m.ui_cancel()}
            </Button>
          )}
          <Button
            size="small"
            variant="primary"
            isPending={isPending}
            isDisabled={!text.trim()}
            shortcut="Mod+Enter"
            onPress={save}
          >
            {submit}
          </Button>
        </div>
      )}
    </div>
  )
}
