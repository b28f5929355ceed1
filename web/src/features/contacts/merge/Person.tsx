import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Contact } from '@/api/types'
import { Avatar } from '@/ui'
import { nameOf } from './fields'
import styles from './Merge.module.css'

/** A contact in a line: by what one tells it from another. */
export function Person({ contact, children }: { contact: Contact; children?: ReactNode }) {
  const { id, phone, mobile, email, company } = contact
  const name = nameOf(contact)
  const facts = [...new Set([phone, mobile, email, company])].filter(Boolean)
  return (
    <div className={styles.person}>
      <Avatar name={name} />
      <div className={styles.who}>
        <Link to="/contacts/$contactId" params={{ contactId: id }}>
          {name}
        </Link>
        <span className={styles.number}>#{id}</span>
        <p className={styles.facts}>{facts.join(' · ')}</p>
      </div>
      {children}
    </div>
  )
}
