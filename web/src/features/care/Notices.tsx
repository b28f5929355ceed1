import { useEffect } from 'react'
import { useOpenInteraction } from '@/features/interactions/navigation'
import { isLookedAt, notificationState } from '@/features/offers/notify'
import { m } from '@/i18n/pages'
import { type Notice, whenNoticed } from '@/live/notices'
import { toast } from '@/ui/toasts'

/** Says what comes back to one's desk: in a toast, and by the browser while nobody looks. */
export default function Notices() {
  const open = useOpenInteraction()
  useEffect(
    () =>
      whenNoticed(notice => {
        const words = wordsOf(notice)
        const run = () => open(notice.interaction_id)
        toast(words, { action: { label: m.care_notice_open(), run } })
        if (!isLookedAt() && notificationState() === 'granted') show(notice, words, run)
      }),
    [open],
  )
  return null
}

function wordsOf({ what, customer: name }: Notice): string {
  return what === 'reminded' ? m.care_notice_reminded({ name }) : m.care_notice_wrote({ name })
}

function show(notice: Notice, words: string, open: () => void): void {
  try {
    const one = new Notification(words, { tag: `pronto-notice-${notice.interaction_id}` })
    one.onclick = () => {
      window.focus()
      open()
      one.close()
    }
  } catch {
    // Android only lets service workers notify.
  }
}
