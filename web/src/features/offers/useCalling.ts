// What an offer does beside its card: it sounds, it notifies, it shows in the title, it is said to screen readers.
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Offer } from '@/api/types'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { isWriting } from '@/lib/keys'
import { closeNotifications, isLookedAt, notify } from './notify'
import { alerts, useAlerts } from './preferences'
import { type Call, callFor } from './situation'
import { readySound, ring } from './sound'
import { callInTitle } from './title'

/** Answers the words to be said at once. */
export function useCalling(
  offers: readonly Offer[],
  open: (offer: Offer) => void,
  isRinger: { readonly current: boolean },
): string {
  const pending = useMemo(() => offers.filter(({ state }) => state === 'pending'), [offers])
  const { settings } = useSession()
  const { sound, repeat } = useAlerts()
  const known = useRef(new Set<number>())
  const [words, setWords] = useState('')
  const count = pending.length

  useEffect(() => readySound(), [])

  useEffect(() => {
    const fresh = pending.filter(offer => !known.current.has(offer.id))
    known.current = new Set(pending.map(({ id }) => id))
    closeNotifications(known.current)
    const newest = fresh[0]
    if (!newest) return
    setWords(callWords(newest))
    const call = situated()
    if (call.sounds && isRinger.current) ring(alerts().volume)
    if (call.notifies) for (const offer of fresh) notify(offer, () => open(offer))
  }, [pending, open, isRinger])

  const everyMs = settings.offer_sound_repeat_s * 1_000
  const isCalling = count > 0 && sound && repeat && everyMs > 0
  useEffect(() => {
    if (!isCalling) return
    const timer = setInterval(() => isRinger.current && situated().sounds && ring(alerts().volume), everyMs)
    return () => clearInterval(timer)
  }, [isCalling, everyMs, isRinger])

  useEffect(() => callInTitle(count), [count])
  return count > 0 ? words : ''
}

function situated(): Call {
  return callFor('offer', alerts(), {
    isLookedAt: isLookedAt(),
    isWriting: isWriting(document.activeElement),
    isOnScreen: false,
  })
}

function callWords({ customer, queue, transfer, first_words: words }: Offer): string {
  if (transfer)
    return m.offers_new_transfer({ customer, name: transfer.by.name, words: transfer.note ?? words })
  return m.offers_new({ customer, queue: queue?.name ?? '', words })
}
