import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { m } from '@/i18n'
import { Button } from './Button'
import { cx } from './cx'
import { IconButton } from './IconButton'
import { InPlace } from './Places'
import styles from './Toasts.module.css'
import { currentToasts, dismissToast, subscribeToasts, type Toast } from './toasts'

const icons = { info: Info, success: CircleCheck, danger: CircleAlert }
const shownFor = { info: 6_000, success: 4_000, danger: 12_000 }

/** Stands once in the frame: a polite live region, so that nobody is interrupted. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts)
  return (
    <InPlace>
      <div className={styles.region} role="status" aria-live="polite" aria-relevant="additions">
        {toasts.map(one => (
          <ToastCard key={one.id} toast={one} />
        ))}
      </div>
    </InPlace>
  )
}

function ToastCard({ toast }: { toast: Toast }) {
  // Whoever points at it or has the focus in it is reading it.
  const [isRead, setRead] = useState(false)
  useEffect(() => {
    if (isRead) return
    const timer = setTimeout(() => dismissToast(toast.id), shownFor[toast.tone])
    return () => clearTimeout(timer)
  }, [isRead, toast.id, toast.tone])
  const Icon = icons[toast.tone]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing only pauses the clock
    <div
      className={cx(styles.toast, styles[toast.tone])}
      onPointerEnter={() => setRead(true)}
      onPointerLeave={() => setRead(false)}
      onFocus={() => setRead(true)}
      onBlur={() => setRead(false)}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <p className={styles.words}>{toast.words}</p>
      {toast.action && (
        <Button
          size="small"
          onPress={() => {
            toast.action?.run()
            dismissToast(toast.id)
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton size="small" icon={X} label={m.ui_dismiss()} onPress={() => dismissToast(toast.id)} />
    </div>
  )
}
