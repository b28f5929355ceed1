// What a notice does when it comes: it is said once, quietly; what has to be acted on is heard, too.
import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { Notice } from '@/api/types'
import { isLookedAt, notifyOf } from '@/features/offers/notify'
import { alerts } from '@/features/offers/preferences'
import { readySound, ring } from '@/features/offers/sound'
import { useRinger } from '@/features/offers/useRinger'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { toast } from '@/ui/toasts'
import { isLoud, noticeWords } from './words'

export function useArrivals(notices: readonly Notice[] | undefined, onOpen: (notice: Notice) => void): void {
  const router = useRouter()
  const isRinger = useRinger(`notices.${useSession().user.id}`)
  /** The newest that is known; what was there at the beginning was told before. */
  const known = useRef<number | null>(null)
  useEffect(() => readySound(), [])
  useEffect(() => {
    if (!notices) return
    const newest = Math.max(0, ...notices.map(({ id }) => id))
    const before = known.current
    known.current = Math.max(newest, before ?? 0)
    if (before === null) return
    const fresh = notices.filter(one => one.id > before && !one.read_at)
    for (const one of fresh) {
      const isHere = router.state.location.pathname === `/interactions/${one.interaction?.id}`
      toast(noticeWords(one), {
        tone: one.kind === 'nobody_accepts' || one.kind === 'scheduled_failed' ? 'danger' : 'info',
        ...(one.interaction?.customer && !isHere
          ? { action: { label: m.notices_open(), run: () => onOpen(one) } }
          : {}),
      })
    }
    const loud = fresh.filter(isLoud)
    if (loud.length === 0) return
    if (alerts().sound && isRinger.current) ring(alerts().volume)
    if (alerts().notifications && !isLookedAt()) {
      for (const one of loud) notifyOf(`pronto-notice-${one.id}`, noticeWords(one), '', () => onOpen(one))
    }
  }, [notices, onOpen, isRinger, router])
}
