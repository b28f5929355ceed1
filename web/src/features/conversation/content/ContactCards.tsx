import { Check, ChevronDown, Mail, Phone, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { problemWords } from '@/api/problem'
import type { Content, KeptCard } from '@/api/types'
import { useSession } from '@/features/signin/session'
import { locale } from '@/i18n'
import { m } from '@/i18n/pages'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { CopyButton } from '@/ui/CopyButton'
import { toast } from '@/ui/toasts'
import styles from './Content.module.css'

type Card = Extract<Content, { type: 'contacts' }>['cards'][number]

/** A whole address book would push everything else out of sight. */
const most = 10
/** And would take its time to draw. */
const step = 100

export function ContactCards({ messageId, cards }: { messageId: number; cards: readonly Card[] }) {
  const [shown, setShown] = useState(most)
  const next = Math.min(cards.length, shown + step)
  const all = cards.length.toLocaleString(locale())
  const mayKeep = useSession().user.permissions.includes('contacts.edit')
  return (
    <ul className={styles.cards}>
      {cards.slice(0, shown).map((card, index) => (
        <li // biome-ignore lint/suspicious/noArrayIndexKey: its place is how the server knows it
          key={index}
          className={styles.contact}
        >
          <Avatar name={card.name} size={40} />
          <div className={styles.contactWords}>
            <p className={styles.strong}>{card.name || (isEmpty(card) ? m.conversation_card_empty() : '')}</p>
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
            {mayKeep && messageId > 0 && !isEmpty(card) && (
              <Keep messageId={messageId} card={index} name={card.name} />
            )}
          </div>
        </li>
      ))}
      {shown < cards.length && (
        <li>
          <Button size="small" icon={ChevronDown} onPress={() => setShown(next)}>
            {next === cards.length
              ? m.conversation_cards_all({ count: all })
              : m.conversation_cards_more({ count: step.toLocaleString(locale()), all })}
          </Button>
        </li>
      )}
    </ul>
  )
}

function isEmpty({ name, organisation, phones, emails }: Card): boolean {
  return !name && !organisation && phones.length === 0 && emails.length === 0
}

/** Into our own contacts; the server takes it from the message, whatever of it is hidden here. */
function Keep({ messageId, card, name }: { messageId: number; card: number; name: string }) {
  const [state, setState] = useState<'idle' | 'pending' | 'kept'>('idle')
  const keep = async () => {
    setState('pending')
    try {
      const { fresh } = await api.put<KeptCard>(`/messages/${messageId}/cards/${card}/contact`, {})
      setState('kept')
      toast(fresh ? m.conversation_card_kept({ name }) : m.conversation_card_known({ name }), {
        tone: 'success',
      })
    } catch (error) {
      setState('idle')
      toast(problemWords(error), { tone: 'danger' })
    }
  }
  if (state === 'kept') {
    return (
      <p className={styles.reach}>
        <Check size={14} aria-hidden="true" />
        <span>{m.conversation_card_in_contacts()}</span>
      </p>
    )
  }
  return (
    <Button size="small" icon={UserPlus} isPending={state === 'pending'} onPress={() => void keep()}>
      {m.conversation_card_keep()}
    </Button>
  )
}
