import type { Account } from '@/api/types'
import { m } from '@/i18n/admin'
import { FormSection, Note, TextField } from '@/ui'
import type { ResourceForm } from '../form/useResourceForm'
import { type AccountDraft, keyFrom } from './account'

/** What the number is called here. */
export function IdentitySection({ form }: { form: ResourceForm<Account, AccountDraft> }) {
  const { draft, bind, set, isNew, isChanged } = form
  const setName = (name: string) => {
    // The key follows the name until it is given by hand.
    if (isNew && draft.key === keyFrom(draft.name)) set('key', keyFrom(name))
    set('name', name)
  }
  return (
    <FormSection title={m.settings_account()}>
      <TextField {...bind('name')} onChange={setName} isRequired maxLength={100} />
      <TextField
        {...bind('key')}
        isRequired
        maxLength={12}
        autoComplete="off"
        spellCheck="false"
        description={m.settings_key_help()}
      />
      {!isNew && isChanged('key') && <Note tone="warning">{m.settings_key_changed()}</Note>}
      <TextField {...bind('phone')} type="tel" maxLength={32} description={m.settings_phone_help()} />
    </FormSection>
  )
}
