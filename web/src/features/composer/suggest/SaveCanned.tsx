import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import { interactionQuery } from '@/api/queries'
import type { CannedAnswer, CannedScope } from '@/api/types'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toasts'
import styles from '../Dialogs.module.css'

interface Props {
  interactionId: number
  text: string
  onClose: () => void
}

/** What was just written, kept for the next time. */
export default function SaveCanned({ interactionId, text: written, onClose }: Props) {
  const client = useQueryClient()
  const { role } = useSession().user
  const { data: interaction } = useQuery(interactionQuery(interactionId))
  const [scope, setScope] = useState<CannedScope>('personal')
  const [title, setTitle] = useState('')
  const [shortcut, setShortcut] = useState('')
  const [text, setText] = useState(written)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const field = (name: string) => (isProblem(error) ? error.field(name) : undefined)
  const save = async () => {
    setPending(true)
    setError(null)
    try {
      const account_id = scope === 'account' ? (interaction?.account.id ?? null) : null
      await api.post<CannedAnswer>('/canned_answers', { scope, account_id, shortcut, title, text })
      await client.invalidateQueries({ queryKey: keys.suggestionLists })
      toast(m.canned_saved(), { tone: 'success' })
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  const scopes = [
    { id: 'personal' as const, label: m.canned_scope_personal() },
    { id: 'account' as const, label: m.canned_scope_account({ name: interaction?.account.name ?? '' }) },
    { id: 'global' as const, label: m.canned_scope_global() },
  ]
  return (
    <Dialog
      title={m.canned_save_title()}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button variant="primary" isPending={isPending} onPress={() => void save()}>
          {m.canned_save()}
        </Button>
      }
    >
      <div className={styles.fields}>
        <TextField
          label={m.canned_title()}
          value={title}
          onChange={setTitle}
          error={field('title')}
          maxLength={80}
          isRequired
          autoFocus
        />
        <TextField
          label={m.canned_shortcut()}
          description={m.canned_shortcut_help()}
          value={shortcut}
          onChange={setShortcut}
          error={field('shortcut')}
          maxLength={30}
        />
        {role !== 'agent' && (
          <Select
            label={m.canned_scope()}
            options={scopes}
            value={scope}
            onChange={setScope}
            error={field('account_id')}
          />
        )}
        <TextArea
          label={m.canned_text()}
          value={text}
          onChange={setText}
          error={field('text')}
          rows={6}
          isRequired
        />
        {error !== null && !(isProblem(error) && error.fields.length > 0) && <ErrorNote error={error} />}
      </div>
    </Dialog>
  )
}
