import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { accountsQuery } from '@/api/queries'
import { m } from '@/i18n/pages'
import { IconButton } from '@/ui/IconButton'
import styles from './AccountTrouble.module.css'

/** Which numbers do not work, for those who can mend them: a token that has run out is nobody's secret. */
export default function AccountTrouble() {
  const { data = [] } = useQuery(accountsQuery)
  const [hidden, setHidden] = useState('')
  const failing = data.filter(({ health }) => health.state === 'failing')
  const [first] = failing
  const signature = failing.map(({ id, health }) => `${id} ${health.detail}`).join('\n')
  if (!first || signature === hidden) return null
  return (
    <div className={styles.banner} role="alert">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className={styles.words}>
        {failing.length === 1
          ? m.account_trouble({ name: first.name })
          : m.account_trouble_more({ count: failing.length })}
      </span>
      {failing.length === 1 ? (
        <Link to="/settings/$section/$item" params={{ section: 'accounts', item: String(first.id) }}>
          {m.account_trouble_open()}
        </Link>
      ) : (
        <Link to="/settings/$section" params={{ section: 'accounts' }}>
          {m.account_trouble_open()}
        </Link>
      )}
      <IconButton
        icon={X}
        size="small"
        label={m.account_trouble_hide()}
        onPress={() => setHidden(signature)}
      />
    </div>
  )
}
