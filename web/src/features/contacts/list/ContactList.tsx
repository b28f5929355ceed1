import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { contactPagesQuery } from '@/api/queries'
import { Grid } from '@/features/list/Grid'
import { heights } from '@/features/list/heights'
import Refused from '@/features/list/Refused'
import { m } from '@/i18n/pages'
import { later } from '@/ui/later'
import { askAhead } from './ahead'
import { ContactHead } from './ContactHead'
import { ContactRow } from './ContactRow'
import { pickedAtMost } from './handle'
import { NoContacts } from './NoContacts'
import { type ContactSearch, contactFilterOf } from './search'

const RowMenu = later(() => import('./RowMenu'))
const ContactsBar = later(() => import('./ContactsBar'))

interface Props {
  search: ContactSearch
  openId: number | undefined
  onOpen: (id: number) => void
  onChange: (search: ContactSearch) => void
  focusSearch: () => void
}

export function ContactList({ search, openId, onOpen, onChange, focusSearch }: Props) {
  const rowHeight = heights[search.density ?? 'normal']
  const filter = useMemo(() => contactFilterOf(search), [search])
  const list = useInfiniteQuery(contactPagesQuery(filter))
  return (
    <Grid
      name={JSON.stringify(filter)}
      list={list}
      label={m.contacts_title()}
      handle="contactList"
      thaw="contacts.loadNew"
      openId={openId}
      rowHeight={rowHeight}
      head={36}
      pickedAtMost={pickedAtMost}
      onOpen={onOpen}
      focusSearch={focusSearch}
      askAhead={askAhead}
      renderHead={() => <ContactHead search={search} onChange={onChange} />}
      renderRow={row => <ContactRow {...row} columns={search.columns} height={rowHeight} />}
      renderMenu={menu => <RowMenu {...menu} />}
      renderBulk={(ids, onClear) => <ContactsBar ids={ids} search={search} onClear={onClear} />}
      renderEmpty={() => <NoContacts search={search} onChange={onChange} />}
      renderRefused={(error, onRetry) => (
        <Refused about="contact" error={error} search={search} onChange={onChange} onRetry={onRetry} />
      )}
    />
  )
}
