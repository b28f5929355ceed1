import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { LayoutTemplate, Plus, RefreshCw } from 'lucide-react'
import { type RefObject, useMemo, useRef } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Account, Template, Templates } from '@/api/types'
import { useProvide } from '@/commands/context'
import { shortcutOf } from '@/commands/registry'
import { templatesQuery } from '@/features/templates/queries'
import { templateName } from '@/features/templates/TemplatePicker'
import { m } from '@/i18n/admin'
import { languageName } from '@/lib/language'
import {
  Button,
  EmptyState,
  ErrorNote,
  Note,
  Pill,
  RelativeTime,
  SearchField,
  Select,
  Skeleton,
  Table,
} from '@/ui'
import styles from '../Settings.module.css'
import { sectionLabel } from '../sections'
import { useSettingsSearch } from '../useSettingsSearch'
import { choices, matching } from './filter'
import { remember } from './listed'
import { textOf } from './place'
import own from './Templates.module.css'
import { categoryWords, qualityTones, qualityWords, statusTones, statusWords } from './words'

/** What an account may send, and what for. */
export function TemplateList({ accounts }: { accounts: Account[] }) {
  const router = useRouter()
  const { found, filter } = useSettingsSearch()
  const account = accounts.find(({ id }) => String(id) === found.account) ?? accounts[0]
  const { data } = useQuery({ ...templatesQuery(account?.id ?? 0), enabled: account !== undefined })
  const canMake = account !== undefined && data?.can_make === true
  const create = () => {
    if (!account) return
    const item = textOf({ act: 'new', account: account.id })
    void router.navigate({ to: '/settings/$section/$item', params: { section: 'templates', item } })
  }
  const latest = useRef(create)
  latest.current = create
  const field = useRef<HTMLInputElement>(null)
  const part = useMemo(
    () => ({
      settingsList: {
        create: canMake ? () => latest.current() : undefined,
        search: () => field.current?.focus(),
      },
    }),
    [canMake],
  )
  useProvide(part)
  return (
    <div className={styles.list}>
      <header className={styles.listHeader}>
        <div className={styles.listHeading}>
          <h2 className={styles.title}>{sectionLabel('templates')}</h2>
          <p className={styles.lead}>{m.settings_templates_lead()}</p>
        </div>
        {canMake && (
          <Button variant="primary" icon={Plus} shortcut={shortcutOf('settings.new')} onPress={create}>
            {m.template_new()}
          </Button>
        )}
      </header>
      {accounts.length > 1 && (
        <Select
          className={own.account ?? ''}
          label={m.settings_templates_account()}
          options={accounts.map(({ id, name, phone }) => ({
            id,
            label: name,
            description: phone ?? undefined,
          }))}
          value={account?.id ?? null}
          onChange={id => filter({ ...unfiltered, account: String(id) })}
        />
      )}
      {account && <OfAccount key={account.id} account={account} field={field} />}
    </div>
  )
}

const unfiltered = { language: '', status: '', quality: '', category: '' }

function OfAccount({ account, field }: { account: Account; field: RefObject<HTMLInputElement | null> }) {
  const client = useQueryClient()
  const router = useRouter()
  const { search, setSearch, found, filter } = useSettingsSearch()
  const { data, error, refetch } = useQuery(templatesQuery(account.id))
  const sync = useMutation({
    mutationFn: () => api.post<Templates>(`/accounts/${account.id}/templates/syncs`, {}),
    onSuccess: fresh => client.setQueryData(keys.templates(account.id, {}), fresh),
  })
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) {
    return (
      <div className={styles.skeletons} aria-busy="true">
        <span className="visually-hidden">{m.ui_loading()}</span>
        {[62, 48, 70].map(width => (
          <Skeleton key={width} width={`${width}%`} />
        ))}
      </div>
    )
  }
  const rows = matching(data.items, found).map((template, index) => ({ ...template, id: index }))
  const open = ({ name }: Template) =>
    void router.navigate({
      to: '/settings/$section/$item',
      params: { section: 'templates', item: textOf({ act: 'page', account: account.id, name }) },
    })
  remember(account.id, found)
  const isFiltered = Object.keys(found).some(name => name !== 'account')
  return (
    <>
      <div className={styles.tools}>
        <SearchField
          label={m.ui_search()}
          value={search}
          onChange={setSearch}
          inputRef={field}
          className={styles.search ?? ''}
        />
        {data.items.length > 0 && <Filters templates={data.items} />}
        {data.not_fetched === null && (
          <Button icon={RefreshCw} isPending={sync.isPending} onPress={() => sync.mutate()}>
            {m.settings_templates_sync()}
          </Button>
        )}
        <span className={styles.muted} role="status">
          {data.not_fetched !== null ? null : data.synced_at ? (
            <>
              {m.settings_templates_synced()} <RelativeTime at={data.synced_at} />
            </>
          ) : (
            m.settings_templates_never()
          )}
        </span>
      </div>
      {sync.error && <ErrorNote error={sync.error} />}
      {data.sync_error && (
        <Note tone="warning">{m.settings_templates_sync_error({ detail: data.sync_error })}</Note>
      )}
      {!data.can_make && data.items.length > 0 && <p className={own.elsewhere}>{m.template_elsewhere()}</p>}
      {data.items.length === 0 ? (
        <EmptyState icon={LayoutTemplate} title={m.settings_templates_empty()}>
          {emptyWords(data)}
        </EmptyState>
      ) : (
        <Table
          label={sectionLabel('templates')}
          rows={rows}
          rowKey={row => row.id}
          onOpen={open}
          empty={
            <EmptyState
              title={isFiltered && !search ? m.template_none_fit() : m.settings_none_found({ text: search })}
              action={
                <Button onPress={() => filter({ ...unfiltered, search: '' })}>
                  {m.template_clear_filters()}
                </Button>
              }
            />
          }
          columns={[
            {
              id: 'name',
              label: m.settings_name(),
              cell: row => (
                <span className={styles.cell}>
                  {templateName(row.name)}
                  <span className={styles.muted}>{row.name}</span>
                </span>
              ),
            },
            {
              id: 'languages',
              label: m.settings_templates_languages(),
              cell: row => row.variants.map(one => one.language).join(', '),
            },
            {
              id: 'category',
              label: m.settings_templates_category(),
              isMinor: true,
              cell: row => [...new Set(row.variants.map(one => categoryWords(one.category)))].join(', '),
            },
            {
              id: 'use',
              label: m.settings_templates_use(),
              isMinor: true,
              cell: row => (
                <span className={own.pills}>
                  {row.available && <Pill>{m.settings_templates_for_agents()}</Pill>}
                  {row.recontact && <Pill tone="accent">{m.settings_templates_recontact()}</Pill>}
                </span>
              ),
            },
            {
              id: 'status',
              label: m.settings_templates_status(),
              cell: row => <States template={row} />,
            },
          ]}
        />
      )}
    </>
  )
}

function emptyWords({ can_make: canMake, not_fetched: why }: Templates): string {
  switch (why) {
    case 'provider':
      return m.template_none_provider()
    case 'version':
      return m.template_none_version()
    case 'waba_id':
      return m.template_none_waba()
    default:
      return canMake ? m.template_empty_words() : m.template_elsewhere()
  }
}

/** What stands between a template and its use: its states, and what customers think of it when that is not good. */
function States({ template: { variants } }: { template: Template }) {
  const quality = ['RED', 'YELLOW'].find(word => variants.some(one => one.quality === word))
  return (
    <span className={own.pills}>
      {[...new Set(variants.map(one => one.status))].map(status => (
        <Pill key={status} tone={statusTones[status]}>
          {statusWords[status]()}
        </Pill>
      ))}
      {quality && <Pill tone={qualityTones[quality] ?? 'muted'}>{qualityWords[quality]?.()}</Pill>}
      {variants.some(one => one.category_coming) && <Pill tone="warning">{m.template_coming_short()}</Pill>}
    </span>
  )
}

function Filters({ templates }: { templates: readonly Template[] }) {
  const { found, filter } = useSettingsSearch()
  const statuses = Object.entries(statusWords).filter(([status]) =>
    templates.some(({ variants }) => variants.some(one => one.status === status)),
  )
  const all = [
    {
      name: 'language' as const,
      label: m.template_language(),
      options: choices(templates, one => one.language).map(id => ({ id, label: languageName(id) })),
    },
    {
      name: 'status' as const,
      label: m.settings_templates_status(),
      options: statuses.map(([id, label]) => ({ id, label: label() })),
    },
    {
      name: 'quality' as const,
      label: m.template_quality(),
      options: choices(templates, one => one.quality)
        .filter(id => qualityWords[id])
        .map(id => ({ id, label: qualityWords[id]?.() ?? id })),
    },
    {
      name: 'category' as const,
      label: m.settings_templates_category(),
      options: choices(templates, one => one.category).map(id => ({ id, label: categoryWords(id) })),
    },
  ]
  return (
    <div className={own.filters}>
      {all
        .filter(({ name, options }) => options.length > 1 || found[name])
        .map(({ name, label, options }) => (
          <Select
            key={name}
            label={label}
            hideLabel
            size="small"
            className={own.filter ?? ''}
            options={[{ id: '', label: m.template_any({ what: label }) }, ...options]}
            value={found[name] ?? ''}
            onChange={value => filter({ [name]: value })}
          />
        ))}
    </div>
  )
}
