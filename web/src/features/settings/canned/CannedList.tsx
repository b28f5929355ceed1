import { useQuery } from '@tanstack/react-query'
import { MessageSquareQuote } from 'lucide-react'
import { cannedAnswersQuery } from '@/api/queries'
import type { CannedAnswer } from '@/api/types'
import { locale } from '@/i18n'
import { m } from '@/i18n/admin'
import { ResourceList } from '../ResourceList'
import styles from './Canned.module.css'
import { scopeWords } from './canned'

const named = (all: CannedAnswer[]) => all.map(one => ({ ...one, name: one.title }))

export function CannedList() {
  return (
    <ResourceList
      section="canned_answers"
      query={useQuery({ ...cannedAnswersQuery, select: named })}
      words={({ shortcut, text, account }) => [shortcut ?? null, text, account?.name ?? null]}
      columns={[
        { id: 'title', label: m.canned_admin_title(), cell: one => one.title },
        { id: 'shortcut', label: m.canned_admin_shortcut(), cell: one => one.shortcut && `/${one.shortcut}` },
        {
          id: 'text',
          label: m.canned_admin_text(),
          cell: one => <span className={styles.short}>{one.text}</span>,
        },
        {
          id: 'scope',
          label: m.canned_admin_scope(),
          cell: one => one.account?.name ?? scopeWords[one.scope](),
        },
        { id: 'uses', label: m.canned_uses(), align: 'end', cell: one => one.uses.toLocaleString(locale()) },
      ]}
      icon={MessageSquareQuote}
      lead={m.canned_lead()}
      create={m.canned_new()}
      empty={{ title: m.canned_empty(), words: m.canned_empty_words() }}
    />
  )
}
