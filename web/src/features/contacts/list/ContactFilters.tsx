import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Building2, FileUp, UserPlus } from 'lucide-react'
import { type Ref, Suspense } from 'react'
import { contactListsQuery, contactPagesQuery } from '@/api/queries'
import type { Props as AdvancedProps } from '@/features/conditions/AdvancedDialog'
import { openAdvanced, useAdvancedOpen } from '@/features/conditions/state'
import { listsWith } from '@/features/contacts/words'
import ColumnsButton from '@/features/list/ColumnsButton'
import filterStyles from '@/features/list/Filters.module.css'
import { SearchBox } from '@/features/list/SearchBox'
import { Views } from '@/features/list/Views'
import { useMay } from '@/features/signin/session'
import KeepView from '@/features/views/KeepView'
import SavedViews from '@/features/views/SavedViews'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { later } from '@/ui/later'
import { Select } from '@/ui/Select'
import { ContactsFilter } from './ContactsFilter'
import styles from './ContactsPage.module.css'
import { contactColumns } from './columns'
import { ExportButton } from './ExportButton'
import { Narrowed } from './Narrowed'
import { contactShelf } from './saved'
import { type ContactSearch, contactFilterOf, narrowedBy } from './search'
import { viewOf, views, withView } from './views'

const AdvancedDialog = later<AdvancedProps<ContactSearch>>(
  () => import('@/features/conditions/AdvancedDialog'),
)

interface Props {
  search: ContactSearch
  inputRef: Ref<HTMLInputElement>
  onChange: (search: ContactSearch) => void
}

const all = 'all'

/** Which contacts are shown: all of it is in the URL. */
export function ContactFilters({ search, inputRef, onChange }: Props) {
  const router = useRouter()
  const { data: lists = [] } = useQuery(contactListsQuery)
  const mayAdd = listsWith(lists, 'add').length > 0
  const mayImport = useMay('contacts.edit') && mayAdd
  const isAdvanced = useAdvancedOpen()
  const open = listsWith(lists, 'view')
  return (
    <div className={filterStyles.filters}>
      <div className={styles.top}>
        <SearchBox
          label={m.contacts_search_label()}
          placeholder={m.contacts_search()}
          value={search.search ?? ''}
          inputRef={inputRef}
          onChange={text => onChange({ ...search, search: text || undefined })}
        />
        <Select<string>
          className={styles.lists ?? ''}
          label={m.contacts_list()}
          hideLabel
          options={[
            { id: all, label: m.contacts_all_lists() },
            ...open.map(({ id, name }) => ({ id: String(id), label: name })),
          ]}
          value={String(search.list ?? all)}
          onChange={id => onChange({ ...search, list: id === all ? undefined : Number(id) })}
        />
        <ContactsFilter search={search} onChange={onChange} />
        <ColumnsButton set={contactColumns} search={search} list={search.list} onChange={onChange} />
        <div className={styles.buttons}>
          <ExportButton search={search} />
          {mayImport && (
            <IconButton
              icon={Building2}
              label={m.companies_command()}
              command="contacts.companies"
              onPress={() => void router.navigate({ to: '/contacts/companies' })}
            />
          )}
          {mayImport && (
            <IconButton
              icon={FileUp}
              label={m.import_contacts()}
              command="contacts.import"
              onPress={() => void router.navigate({ to: '/contacts/imports' })}
            />
          )}
          {mayAdd && (
            <Button
              variant="primary"
              icon={UserPlus}
              onPress={() => void router.navigate({ to: '/contacts/new', search })}
            >
              {m.contacts_new()}
            </Button>
          )}
        </div>
      </div>
      <div className={filterStyles.bar}>
        <Views
          label={m.contacts_view_label()}
          views={views}
          current={viewOf(search)}
          onChange={view => onChange(withView(search, view))}
        />
        {(search.list !== undefined || search.mine || search.columns || search.saved) &&
          narrowedBy(search).length === 0 && (
            <KeepView shelf={contactShelf} search={search} onChange={onChange} />
          )}
        <Count search={search} />
      </div>
      <SavedViews shelf={contactShelf} search={search} onChange={onChange} />
      {narrowedBy(search).length > 0 && <Narrowed search={search} onChange={onChange} />}
      {isAdvanced && (
        <Suspense>
          <AdvancedDialog
            about="contact"
            search={search}
            onChange={onChange}
            onClose={() => openAdvanced(false)}
          />
        </Suspense>
      )}
    </div>
  )
}

/** Counted no further than this. */
const countedAtMost = 1_000

function Count({ search }: { search: ContactSearch }) {
  const { data, hasNextPage } = useInfiniteQuery({
    ...contactPagesQuery(contactFilterOf(search)),
    enabled: false,
  })
  const loaded = data?.pages.reduce((sum, { ids }) => sum + ids.length, 0) ?? 0
  const counted = hasNextPage ? Math.max(loaded, data?.pages[0]?.count ?? 0) : loaded
  const isMore = hasNextPage && counted > countedAtMost
  const said = isMore && loaded <= countedAtMost ? countedAtMost : counted
  return (
    <span className={styles.count} role="status">
      {data &&
        (isMore
          ? m.contacts_count_more({ count: said.toLocaleString() })
          : m.contacts_count({ count: said }))}
    </span>
  )
}
