import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import type { Company } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, Dialog, ErrorNote, TextArea, TextField } from '@/ui'
import { toast } from '@/ui/toasts'
import styles from './Companies.module.css'

interface Props {
  /** Null for a new one. */
  company: Company | null
  onClose: () => void
}

export function CompanyDialog({ company, onClose }: Props) {
  const client = useQueryClient()
  const [name, setName] = useState(company?.name ?? '')
  const [url, setUrl] = useState(company?.url ?? '')
  const [note, setNote] = useState(company?.note ?? '')
  const [error, setError] = useState<unknown>(null)
  const [isPending, setPending] = useState(false)
  const field = (key: string) => (isProblem(error) ? error.field(key) : undefined)
  const save = async (event?: FormEvent) => {
    event?.preventDefault()
    if (isPending || !name.trim()) return
    setPending(true)
    setError(null)
    const body = { name: name.trim(), url: url.trim() || null, note: note.trim() || null }
    try {
      if (company) await api.patch(`/companies/${company.id}`, { ...body, version: company.version })
      else await api.post('/companies', body)
      await client.invalidateQueries({ queryKey: keys.companySearch('').slice(0, 2) })
      toast(m.settings_saved(), { tone: 'success' })
      onClose()
    } catch (problem) {
      setError(problem)
      setPending(false)
    }
  }
  const isPlaced = field('name') ?? field('url') ?? field('note')
  return (
    <Dialog
      title={company ? m.companies_edit({ name: company.name }) : m.companies_new()}
      isOpen
      onOpenChange={onClose}
      size="small"
      footer={
        <Button variant="primary" isPending={isPending} isDisabled={!name.trim()} onPress={() => void save()}>
          {m.ui_save()}
        </Button>
      }
    >
      <form className={styles.form} onSubmit={event => void save(event)}>
        <TextField
          label={m.settings_name()}
          description={company ? m.companies_name_help() : undefined}
          value={name}
          onChange={setName}
          error={field('name')}
          maxLength={200}
          isRequired
          autoFocus
        />
        <TextField
          label={m.companies_url()}
          type="url"
          placeholder="https://"
          value={url}
          onChange={setUrl}
          error={field('url')}
          maxLength={500}
        />
        <TextArea label={m.companies_note()} rows={3} value={note} onChange={setNote} error={field('note')} />
        {/* Enter in a field saves. */}
        <button type="submit" hidden />
      </form>
      {error !== null && !isPlaced && <ErrorNote error={error} />}
    </Dialog>
  )
}
