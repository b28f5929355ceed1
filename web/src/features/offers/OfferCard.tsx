import { useQueryClient } from '@tanstack/react-query'
import { ArrowRightLeft, Check } from 'lucide-react'
import { useEffect, useState } from 'react'
import { problemWords } from '@/api/problem'
import type { Offer } from '@/api/types'
import { useContextReader } from '@/commands/context'
import { findCommand, keysOf } from '@/commands/registry'
import { m } from '@/i18n/pages'
import { now as currentTime, useNow } from '@/lib/clock'
import { worksInText } from '@/lib/keys'
import { plainText } from '@/lib/text'
import { millis } from '@/lib/time'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { Pill } from '@/ui/Pill'
import { Ring } from '@/ui/Ring'
import { Elapsed } from '@/ui/Time'
import { type Answer, dropOffer } from './answers'
import { accept, reject } from './handle'
import styles from './Offers.module.css'
import { isOverdue } from './stack'
import { useWriting } from './useWriting'

const saidForMs = 2_000

interface Props {
  offer: Offer
  answer: Answer | undefined
  /** The one that the keys mean. */
  isTop: boolean
}

export function OfferCard({ offer, answer, isTop }: Props) {
  const ending = useEnding(offer, answer)
  const { customer, queue, transfer, account } = offer
  const from = transfer ? m.offers_transfer_by({ name: transfer.by.name }) : (queue?.name ?? '')
  return (
    <article
      className={cx(styles.card, ending !== null && styles.ended)}
      aria-label={m.offers_card({ customer, queue: from })}
      data-offer={offer.id}
    >
      <header className={styles.head}>
        <Ring startsAt={offer.starts_at} endsAt={offer.ends_at}>
          <Seconds endsAt={offer.ends_at} />
        </Ring>
        <div className={styles.who}>
          <h2 className={styles.name}>{customer}</h2>
          <p className={styles.from}>
            {transfer ? (
              <>
                <ArrowRightLeft size={12} strokeWidth={2} className={styles.arrows} aria-hidden="true" />{' '}
                {from}
                {queue && ` · ${queue.name}`}
              </>
            ) : (
              <>
                {m.offers_waits()} <Elapsed since={offer.waiting_since} /> · {from}
              </>
            )}
          </p>
        </div>
        <Pill>{account.key}</Pill>
      </header>
      <p className={styles.words}>{plainText(offer.first_words) || m.offers_no_words()}</p>
      {transfer?.note && <p className={styles.note}>{transfer.note}</p>}
      {ending !== null ? (
        <p className={styles.ending} role="status">
          {ending}
        </p>
      ) : (
        <Answers offer={offer} answer={answer} isTop={isTop} />
      )}
    </article>
  )
}

function Answers({ offer, answer, isTop }: Props) {
  const read = useContextReader()
  const isWriting = useWriting()
  const [error, setError] = useState<unknown>(null)
  const attempt = async (work: Promise<void>) => {
    setError(null)
    await work.catch(setError)
  }
  const keys = (command: string) => {
    const found = findCommand(command)
    if (!isTop || !found) return undefined
    return keysOf(found).find(one => worksInText(one) === isWriting) ?? keysOf(found)[0]
  }
  return (
    <>
      <div className={styles.answers}>
        <Button
          variant="primary"
          size="large"
          icon={Check}
          className={styles.accept ?? ''}
          shortcut={keys('offer.accept')}
          isPending={answer === 'accepting'}
          isDisabled={answer === 'rejecting'}
          onPress={event => {
            const context = read()
            const isOpened = !(event.shiftKey || event.ctrlKey || event.metaKey)
            if (context && !answer) void attempt(accept(context, offer, isOpened))
          }}
        >
          {m.offers_accept()}
        </Button>
        <Button
          variant="quiet"
          size="large"
          shortcut={keys('offer.reject')}
          isPending={answer === 'rejecting'}
          isDisabled={answer === 'accepting'}
          onPress={() => {
            const context = read()
            if (context && !answer) void attempt(reject(context, offer))
          }}
        >
          {m.offers_reject()}
        </Button>
      </div>
      {error !== null && (
        <p className={styles.error} role="alert">
          {problemWords(error)}
        </p>
      )}
    </>
  )
}

/** How it ended, said for two seconds; null while it can be answered. */
function useEnding(offer: Offer, answer: Answer | undefined): string | null {
  const client = useQueryClient()
  const isLost = isOverdue(offer, useNow())
  // The word of our own answer comes with the answer itself.
  const hasEnded = (offer.state !== 'pending' || isLost) && !answer
  useEffect(() => {
    if (!hasEnded) return
    const timer = setTimeout(() => dropOffer(client, offer.id), saidForMs)
    return () => clearTimeout(timer)
  }, [client, hasEnded, offer.id])
  return hasEnded ? endingWords(offer) : null
}

function endingWords({ state, taken_by, transfer }: Offer): string {
  switch (state) {
    case 'taken':
      return m.offers_taken({ name: taken_by?.name ?? m.problem_somebody_else() })
    case 'accepted':
      return m.offers_accepted()
    case 'rejected':
      return m.offers_rejected()
    case 'withdrawn':
      return transfer ? m.offers_transfer_withdrawn() : m.offers_withdrawn()
    default:
      return m.offers_expired()
  }
}

function Seconds({ endsAt }: { endsAt: string }) {
  useNow()
  const seconds = Math.max(0, Math.ceil((millis(endsAt) - currentTime()) / 1_000))
  return (
    <>
      <span aria-hidden="true">{seconds > 99 ? `${Math.ceil(seconds / 60)}′` : seconds}</span>
      <span className="visually-hidden">{m.offers_seconds_left({ seconds })}</span>
    </>
  )
}
