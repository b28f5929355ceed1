// A saved view of contacts, in the words of the URL and of the API.
import { contactViewsQuery } from '@/api/queries'
import type { ContactView } from '@/api/types'
import { type Shelf, said } from '@/features/views/shelf'
import { type ContactSearch, contactFilterOf, parseContactSearch } from './search'

type ViewFilter = ContactView['filter']

function filterOf(search: ContactSearch): Partial<ViewFilter> {
  const { search: _, tags, owner, ...rest } = contactFilterOf(search)
  const { columns, density } = search
  return said({
    ...rest,
    tags: tags?.join(','),
    owner: owner === undefined ? undefined : String(owner),
    columns,
    density,
  }) as Partial<ViewFilter>
}

function searchOf({ filter }: ContactView): ContactSearch {
  const { tags, owner, ...rest } = filter
  return parseContactSearch({
    ...rest,
    owner: Number(owner) || owner,
    tags: tags ? tags.split(',').map(Number) : undefined,
  })
}

/** The views of the list of contacts. */
export const contactShelf: Shelf<ContactSearch, ContactView> = {
  collection: 'contact_views',
  query: contactViewsQuery,
  filterOf,
  searchOf,
}
