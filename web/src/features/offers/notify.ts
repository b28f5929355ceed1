// The browser's own notifications, for offers that come while nobody looks at the desk.
import type { Offer } from '@/api/types'
import { m } from '@/i18n/pages'

const shown = new Map<number, Notification>()

/** 'missing' where the browser has none, which over plain HTTP is every browser. */
export function notificationState(): NotificationPermission | 'missing' {
  return typeof Notification === 'undefined' || !window.isSecureContext ? 'missing' : Notification.permission
}

/** Only ever after a press: a page that asks by itself is refused for good. */
export async function askForNotifications(): Promise<boolean> {
  if (notificationState() === 'missing') return false
  return (await Notification.requestPermission()) === 'granted'
}

export function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}

export function notify(offer: Offer, open: () => void): void {
  if (notificationState() !== 'granted') return
  try {
    const one = new Notification(`${offer.customer} · ${offer.queue.name}`, {
      body: offer.first_words || m.offers_no_words(),
      // Two windows of one person show it once.
      tag: `pronto-offer-${offer.id}`,
      silent: true,
    })
    one.onclick = () => {
      window.focus()
      open()
      one.close()
    }
    shown.set(offer.id, one)
  } catch {
    // Android only lets service workers notify.
  }
}

/** Those that are answered or gone. */
export function closeNotifications(except: ReadonlySet<number>): void {
  for (const [id, one] of shown) {
    if (except.has(id)) continue
    one.close()
    shown.delete(id)
  }
}
