import { useMutation } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api } from '@/api/client'
import { isProblem } from '@/api/problem'
import type { Account, AccountAnswer } from '@/api/types'
import { failureWords } from '@/features/conversation/failure'
import { m } from '@/i18n/admin'
import { Button, ErrorNote, FormSection, Note, TextField } from '@/ui'
import styles from './Accounts.module.css'

/** One message to a phone of one's own: seeing is believing. */
export function TestSection({ account, isDirty }: { account: Account; isDirty: boolean }) {
  const [to, setTo] = useState('')
  const [text, setText] = useState<string>(() => m.settings_test_words({ name: account.name }))
  const test = useMutation({
    mutationFn: () => api.post<AccountAnswer>(`/accounts/${account.id}/tests`, { to, text }),
  })
  const problem = isProblem(test.error, 'invalid') ? test.error : null
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    test.mutate()
  }
  return (
    <FormSection title={m.settings_test()} description={m.settings_test_help()}>
      {/* Its own form: what is sent is not saved, and Enter in it is no “save”. */}
      <form className={styles.test} onSubmit={onSubmit} aria-label={m.settings_test()}>
        <TextField
          label={m.settings_test_to()}
          description={m.settings_test_to_help()}
          type="tel"
          maxLength={32}
          value={to}
          onChange={setTo}
          error={problem?.field('to')}
        />
        <TextField
          label={m.settings_test_text()}
          maxLength={1_000}
          value={text}
          onChange={setText}
          error={problem?.field('text')}
        />
        <Button type="submit" icon={Send} isPending={test.isPending} isDisabled={isDirty || !to.trim()}>
          {m.settings_test_send()}
        </Button>
      </form>
      {isDirty && <p className={styles.healthWords}>{m.settings_check_save_first()}</p>}
      <div role="status">
        {test.error && !problem && <ErrorNote error={test.error} />}
        {test.data && !test.isPending && <Outcome failure={test.data.failure} />}
      </div>
    </FormSection>
  )
}

function Outcome({ failure }: AccountAnswer) {
  if (!failure) return <Note>{m.settings_test_sent()}</Note>
  return <Note tone="danger">{m.settings_test_failed({ why: failureWords(failure) })}</Note>
}
