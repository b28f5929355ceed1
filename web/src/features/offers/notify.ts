// The browser's own notifications, for what comes while nobody looks at the desk.
import type { Interaction, Offer } from '@/api/types'
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
  const { id, customer, queue, transfer } = offer
  const title = transfer ? m.offers_transfer_by({ name: transfer.by.name }) : (queue?.name ?? '')
  const words = transfer?.note || offer.first_words || m.offers_no_words()
  const one = notifyOf(`pronto-offer-${id}`, `${customer} · ${title}`, words, open)
  if (one) shown.set(id, one)
}

/** What a customer of one's own wrote; the latest of each conversation stands. */
export function notifyMessage(interaction: Interaction, words: string, open: () => void): void {
  notifyOf(`pronto-interaction-${interaction.id}`, interaction.customer, words, open)
}

/** Of one tag only one is shown, so two windows of one person show it once. */
export function notifyOf(tag: string, title: string, body: string, open: () => void): Notification | null {
  if (notificationState() !== 'granted') return null
  try {
    const one = new Notification(title, { body, tag, silent: true })
    one.onclick = () => {
      window.focus()
      open()
      one.close()
    }
    return one
  } catch {
    // Android only lets service workers notify.
    return null
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
