import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Contact } from '@/api/types'
import { fullName } from '@/lib/names'
import { Avatar } from '@/ui'
import { factsOf } from './fields'
import styles from './Merge.module.css'

/** A contact in a line: by what one tells it from another. */
export function Person({ contact, children }: { contact: Contact; children?: ReactNode }) {
  const { id } = contact
  const name = fullName(contact)
  return (
    <div className={styles.person}>
      <Avatar name={name} />
      <div className={styles.who}>
        <Link to="/contacts/$contactId" params={{ contactId: id }}>
          {name}
        </Link>
        <span className={styles.number}>#{id}</span>
        <p className={styles.facts}>{factsOf(contact)}</p>
      </div>
      {children}
    </div>
  )
}
