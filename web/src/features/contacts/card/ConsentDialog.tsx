import { useState } from 'react'
import { api } from '@/api/client'
import { isProblem } from '@/api/problem'
import type { Consent } from '@/api/types'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { RadioGroup } from '@/ui/RadioGroup'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import styles from './Card.module.css'

interface Props {
  contactId: number
  /** The one that is changed; null for a new one. */
  consent: Consent | null
  accounts: readonly { id: number; name: string }[]
  onDone: () => Promise<unknown>
  onClose: () => void
}

/** What a customer said, and where they said so. */
export default function ConsentDialog({ contactId, consent, accounts, onDone, onClose }: Props) {
  const choices = consent ? [consent.account] : accounts
  const [account, setAccount] = useState(choices[0]?.id ?? 0)
  const [state, setState] = useState<Consent['state']>(consent?.state ?? 'given')
  const [source, setSource] = useState(consent?.source ?? '')
  const [error, setError] = useState<unknown>(null)
  const [isPending, setPending] = useState(false)
  const path = `/contacts/${contactId}/consents/${account}`
  const attempt = async (act: () => Promise<unknown>) => {
    setPending(true)
    setError(null)
    try {
      await act()
      await onDone()
      onClose()
    } catch (problem) {
      setError(problem)
      setPending(false)
    }
  }
  const sourceError = isProblem(error) ? error.field('source') : undefined
  return (
    <Dialog
      title={m.contacts_consent_title()}
      isOpen
      onOpenChange={onClose}
      size="small"
      aside={
        consent && (
          <Button isDisabled={isPending} onPress={() => void attempt(() => api.delete(path))}>
            {m.contacts_consent_clear()}
          </Button>
        )
      }
      footer={
        <Button
          variant="primary"
          isPending={isPending}
          isDisabled={!source.trim() || account === 0}
          onPress={() => attempt(() => api.put(path, { state, source: source.trim() }))}
        >
          {m.ui_save()}
        </Button>
      }
    >
      <div className={styles.fields}>
        <Select
          label={m.sidebar_account()}
          options={choices.map(({ id, name }) => ({ id, label: name }))}
          value={account}
          onChange={setAccount}
          isDisabled={consent !== null}
        />
        <RadioGroup<Consent['state']>
          label={m.contacts_consent_state()}
          options={[
            { id: 'given', label: m.contacts_consent_given() },
            { id: 'refused', label: m.contacts_consent_refused() },
          ]}
          value={state}
          onChange={setState}
        />
        <TextField
          label={m.contacts_consent_source()}
          description={m.contacts_consent_source_help()}
          value={source}
          onChange={setSource}
          maxLength={200}
          error={sourceError}
        />
        {error !== null && !sourceError && <ErrorNote error={error} />}
      </div>
    </Dialog>
  )
}
