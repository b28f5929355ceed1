import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { lastContactSearch } from '@/features/contacts/navigation'
import { m } from '@/i18n/pages'
import styles from './Form.module.css'

/** To the list, as it was left. */
export function BackToList() {
  return (
    <Link to="/contacts" search={lastContactSearch()} className={styles.back}>
      <ChevronLeft size={16} strokeWidth={1.75} aria-hidden="true" />
      {m.contacts_title()}
    </Link>
  )
}
