import { useQueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { putContact } from '@/api/entities'
import { keys } from '@/api/keys'
import type { Contact, FieldValue } from '@/api/types'
import { m } from '@/i18n/pages'
import { isConflict } from './conflict'
import { Detail, type DetailType } from './Detail'
import { Fact, Facts } from './Facts'
import { LanguageField } from './LanguageField'
import { OwnFields } from './OwnFields'
import { Tags } from './Tags'

type TextField = 'first_name' | 'last_name' | 'phone' | 'mobile' | 'email' | 'company' | 'description'
export type ContactChange = Partial<Pick<Contact, TextField | 'language' | 'tags'>> & {
  fields?: Record<string, FieldValue | null>
}

const fields: readonly { name: TextField; label: () => string; type?: DetailType }[] = [
  { name: 'first_name', label: () => m.sidebar_first_name() },
  { name: 'last_name', label: () => m.sidebar_last_name() },
  { name: 'phone', label: () => m.sidebar_phone(), type: 'tel' },
  { name: 'mobile', label: () => m.sidebar_mobile(), type: 'tel' },
  { name: 'email', label: () => m.sidebar_email(), type: 'email' },
  { name: 'company', label: () => m.sidebar_company() },
  { name: 'description', label: () => m.sidebar_description(), type: 'lines' },
]

/** The customer record; each field is changed where it stands. */
export function ContactFields({ contact, mayEdit }: { contact: Contact; mayEdit: boolean }) {
  const client = useQueryClient()
  const save = async (change: ContactChange) => {
    try {
      const body = { ...change, version: contact.version }
      putContact(client, await api.patch<Contact>(`/contacts/${contact.id}`, body))
    } catch (error) {
      // The other's version is needed to say what it is, and to save over it.
      if (isConflict(error)) await client.refetchQueries({ queryKey: keys.contact(contact.id) })
      throw error
    }
  }
  return (
    <>
      <Facts>
        {fields.map(({ name, label, type = 'text' }) => (
          <Detail
            key={name}
            name={name}
            label={label()}
            type={type}
            value={contact[name] ?? ''}
            isMasked={contact.masked.includes(name)}
            mayEdit={mayEdit}
            isRequired={name === 'first_name'}
            onSave={value => save({ [name]: value || null })}
          />
        ))}
        <Fact label={m.sidebar_language()}>
          <LanguageField value={contact.language} mayEdit={mayEdit} onSave={language => save({ language })} />
        </Fact>
        <Fact label={m.sidebar_tags()}>
          <Tags tags={contact.tags} mayEdit={mayEdit} onSave={tags => save({ tags })} />
        </Fact>
      </Facts>
      <OwnFields contact={contact} mayEdit={mayEdit} onSave={own => save({ fields: own })} />
    </>
  )
}
