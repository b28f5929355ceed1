import type { Account } from '@/api/types'
import { m } from '@/i18n/admin'
import { FormSection, Note, TextField } from '@/ui'
import type { ResourceForm } from '../form/useResourceForm'
import { type AccountDraft, keyFrom } from './account'

/** Which number this is, here and at Meta. */
export function IdentitySection({ form }: { form: ResourceForm<Account, AccountDraft> }) {
  const { draft, bind, set, isNew, isChanged } = form
  const setName = (name: string) => {
    // The key follows the name until it is given by hand.
    if (isNew && draft.key === keyFrom(draft.name)) set('key', keyFrom(name))
    set('name', name)
  }
  return (
    <>
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
      <FormSection title={m.settings_at_meta()} description={m.settings_at_meta_help()}>
        <TextField
          {...bind('phone_number_id')}
          isRequired
          maxLength={64}
          description={m.settings_phone_number_id_help()}
        />
        <TextField
          {...bind('business_account_id')}
          isRequired
          maxLength={64}
          description={m.settings_business_account_id_help()}
        />
        <TextField {...bind('app_id')} maxLength={64} description={m.settings_app_id_help()} />
        <TextField
          {...bind('base_url')}
          isRequired
          type="url"
          maxLength={300}
          description={m.settings_base_url_help()}
        />
      </FormSection>
    </>
  )
}
