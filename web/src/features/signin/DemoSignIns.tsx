import { Smartphone } from 'lucide-react'
import type { Role, Welcome } from '@/api/types'
import { m } from '@/i18n'
import { Avatar, Spinner } from '@/ui'
import styles from './SignIn.module.css'

interface Props {
  demo: NonNullable<Welcome['demo']>
  pending: string | null
  onEnter: (login: string, password: string) => void
}

/** One click each: nobody should have to copy a password to try the desk. */
export function DemoSignIns({ demo, pending, onEnter }: Props) {
  return (
    <section className={styles.demo} aria-labelledby="demo-heading">
      <h2 id="demo-heading" className={styles.demoHeading}>
        {m.signin_demo()}
      </h2>
      <ul className={styles.people}>
        {demo.sign_ins.map(person => (
          <li key={person.login}>
            <button
              type="button"
              className={styles.person}
              disabled={pending !== null}
              onClick={() => onEnter(person.login, person.password)}
            >
              {pending === person.login ? <Spinner size={32} /> : <Avatar name={person.name} />}
              <span className={styles.who}>
                <span className={styles.name}>{person.name}</span>
                <span className={styles.role}>{roleName(person.role)}</span>
              </span>
              <code className={styles.login}>{person.login}</code>
            </button>
          </li>
        ))}
      </ul>
      <a className={styles.phones} href={demo.phones_url} target="_blank" rel="noreferrer">
        <Smartphone size={16} strokeWidth={1.75} aria-hidden="true" />
        {m.signin_phones()}
      </a>
    </section>
  )
}

export function roleName(role: Role): string {
  return { agent: m.role_agent, supervisor: m.role_supervisor, admin: m.role_admin }[role]()
}
