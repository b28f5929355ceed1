import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { offersQuery } from '@/api/queries'
import type { Offer } from '@/api/types'
import { useContextReader, useProvide } from '@/commands/context'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { useMedia } from '@/lib/useMedia'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { InPlace } from '@/ui/Places'
import { AskPermission } from './AskPermission'
import { useAnswers } from './answers'
import { accept, type OffersHandle } from './handle'
import { OfferCard } from './OfferCard'
import styles from './Offers.module.css'
import { openCards, order } from './stack'
import { useCalling } from './useCalling'
import { useMessages } from './useMessages'
import { useRinger } from './useRinger'

const none: Offer[] = []

/** The offers that wait for an answer, on every screen in the place it keeps for them. */
export default function Offers() {
  const { data: offers = none } = useQuery(offersQuery)
  const read = useContextReader()
  const answers = useAnswers()
  const [isOpen, setOpen] = useState(false)
  const [held, setHeld] = useState<readonly number[] | null>(null)
  // They take room: one may put them aside, until the next one comes.
  const [aside, setAside] = useState<ReadonlySet<number>>(new Set())
  const cards = useMemo(() => order(offers, held).filter(({ id }) => !aside.has(id)), [offers, held, aside])
  const asideCount = offers.filter(({ id, state }) => aside.has(id) && state === 'pending').length
  const pending = useMemo(() => cards.filter(({ state }) => state === 'pending'), [cards])
  const isNarrow = useMedia('(max-width: 1199px)')
  const most = isNarrow ? openCards.narrow : openCards.wide
  const shown = isOpen ? cards : cards.slice(0, most)
  const hidden = cards.length - shown.length

  const open = useCallback(
    (offer: Offer) => {
      const context = read()
      if (context) void accept(context, offer, true)
    },
    [read],
  )
  const isRinger = useRinger(`offers.${useSession().user.id}`)
  const words = useCalling(offers, open, isRinger)
  useMessages(
    isRinger,
    useCallback(id => read()?.navigate(`/interactions/${id}`), [read]),
  )

  // Keys mean the card with the focus, else the top one that is still open.
  const latest = useRef(pending)
  latest.current = pending
  const handle = useMemo<OffersHandle>(
    () => ({
      current: () => {
        const focused = document.activeElement?.closest<HTMLElement>('[data-offer]')?.dataset.offer
        const found = latest.current.find(({ id }) => String(id) === focused)
        return found ?? latest.current[0] ?? null
      },
    }),
    [],
  )
  useProvide(useMemo(() => ({ offers: handle }), [handle]))

  const hold = () => setHeld(cards.map(({ id }) => id))
  const top = pending.find(({ id }) => !answers.has(id))
  return (
    <>
      <span className="visually-hidden" aria-live="assertive">
        {words}
      </span>
      <InPlace>
        {/* The mark keeps them usable while a dialog is open. */}
        <section className={styles.offers} aria-label={m.frame_offers()} data-react-aria-top-layer="true">
          {cards.length > 0 && (
            <div
              className={cx(styles.stack, isOpen && styles.all)}
              onPointerEnter={hold}
              onPointerLeave={() => setHeld(null)}
            >
              {shown.map(offer => (
                <OfferCard
                  key={offer.id}
                  offer={offer}
                  answer={answers.get(offer.id)}
                  isTop={offer === top}
                />
              ))}
              <div className={styles.foot}>
                {(hidden > 0 || (isOpen && cards.length > most)) && (
                  <Button size="small" onPress={() => setOpen(!isOpen)}>
                    {isOpen ? m.offers_fewer() : m.offers_more({ count: hidden })}
                  </Button>
                )}
                <Button size="small" onPress={() => setAside(new Set(offers.map(({ id }) => id)))}>
                  {m.offers_aside()}
                </Button>
              </div>
              {pending.length > 0 && (isOpen || !isNarrow) && <AskPermission />}
            </div>
          )}
          {asideCount > 0 && (
            <div className={styles.foot}>
              <Button size="small" onPress={() => setAside(new Set())}>
                {m.offers_show({ count: asideCount })}
              </Button>
            </div>
          )}
        </section>
      </InPlace>
    </>
  )
}
