import { useQuery } from '@tanstack/react-query'
import { contactListsQuery } from '@/api/queries'
import type { Contact } from '@/api/types'
import { numberKindWords, originWords } from '@/features/contacts/words'
import { Fact, Facts } from '@/features/sidebar/Facts'
import { m } from '@/i18n/pages'
import { CopyButton } from '@/ui/CopyButton'
import { DateTime } from '@/ui/Time'
import styles from './Card.module.css'

/** What is changed in the form only, and where the contact comes from. */
export function MoreFacts({ contact }: { contact: Contact }) {
  const { data: lists } = useQuery(contactListsQuery)
  const { numbers, postal_address, date_of_birth, url, socials, owner } = contact
  const isLink = url !== null && /^https?:\/\//i.test(url)
  return (
    <Facts title={m.contacts_more()}>
      {numbers.map(({ kind, number }) => (
        <Fact key={`${kind} ${number}`} label={numberKindWords(kind)}>
          <span className="numbers">{number}</span>
          {!number.includes('•') && <CopyButton text={number} label={m.sidebar_copy({ text: number })} />}
        </Fact>
      ))}
      {postal_address && (
        <Fact label={m.contacts_address()}>
          <span className={styles.lines}>{postal_address}</span>
        </Fact>
      )}
      {date_of_birth && <Fact label={m.contacts_born()}>{dayWords(date_of_birth)}</Fact>}
      {url && (
        <Fact label={m.contacts_url()}>
          {isLink ? (
            <a className={styles.link} href={url} target="_blank" rel="noreferrer">
              {url.replace(/^https?:\/\//i, '')}
            </a>
          ) : (
            url
          )}
        </Fact>
      )}
      {Object.entries(socials).map(([network, name]) => (
        <Fact key={network} label={network}>
          {name}
        </Fact>
      ))}
      <Fact label={m.field_owner()}>{owner?.name ?? m.contacts_nobody()}</Fact>
      <Fact label={m.contacts_list()}>{lists?.find(({ id }) => id === contact.list_id)?.name ?? ''}</Fact>
      <Fact label={m.field_origin()}>{originWords(contact.origin)}</Fact>
      <Fact label={m.field_created()}>
        <DateTime at={contact.created_at} />
      </Fact>
      <Fact label={m.field_updated()}>
        <DateTime at={contact.updated_at} />
      </Fact>
    </Facts>
  )
}

function dayWords(day: string): string {
  const at = Date.parse(`${day}T12:00:00`)
  if (Number.isNaN(at)) return day
  return new Date(at).toLocaleDateString(document.documentElement.lang, { dateStyle: 'long' })
}
