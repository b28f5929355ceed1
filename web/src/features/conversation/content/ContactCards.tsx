import { Mail, Phone } from 'lucide-react'
import type { Content } from '@/api/types'
import { m } from '@/i18n/pages'
import { Avatar } from '@/ui/Avatar'
import { CopyButton } from '@/ui/CopyButton'
import styles from './Content.module.css'

type Card = Extract<Content, { type: 'contacts' }>['cards'][number]

export function ContactCards({ cards }: { cards: readonly Card[] }) {
  return (
    <ul className={styles.cards}>
      {cards.map(card => (
        <li key={card.name + card.phones.join()} className={styles.contact}>
          <Avatar name={card.name} size={40} />
          <div className={styles.contactWords}>
            <p className={styles.strong}>{card.name}</p>
            {card.organisation && <p className={styles.remark}>{card.organisation}</p>}
            {card.phones.map(phone => (
              <p key={phone} className={styles.reach}>
                <Phone size={14} aria-hidden="true" />
                <span>{phone}</span>
                <CopyButton text={phone} label={m.conversation_copy_number()} />
              </p>
            ))}
            {card.emails.map(email => (
              <p key={email} className={styles.reach}>
                <Mail size={14} aria-hidden="true" />
                <span>{email}</span>
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}
