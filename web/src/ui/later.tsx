// A part that is downloaded when it is first shown. Without a connection it cannot be: then that is said, what it was
// to show is given up, and everything else stays as it is. The next time is another try.
import { Component, lazy, type ReactNode } from 'react'
import { m } from '@/i18n'
import { NotDownloaded } from '@/lib/downloaded'
import { dismissToast, toast } from './toasts'

export function later<Props extends object = object>(
  load: () => Promise<{ default: (props: Props) => ReactNode }>,
): (props: Props) => ReactNode {
  const download = () => load().catch((reason: unknown) => Promise.reject(new NotDownloaded(reason)))
  // It keeps a failure for ever.
  let Part = lazy(download)
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, at the top of a module
  return function Later(props: Props) {
    const giveUp = () => {
      Part = lazy(download)
      const { onClose } = props as { onClose?: () => void }
      onClose?.()
    }
    return (
      <Missing onMissing={giveUp}>
        <Part {...props} />
      </Missing>
    )
  }
}

interface MissingProps {
  onMissing: () => void
  children: ReactNode
}

class Missing extends Component<MissingProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override componentDidCatch(error: Error) {
    if (!(error instanceof NotDownloaded)) return
    say()
    this.props.onMissing()
    // What stands there all the time comes by itself.
    window.addEventListener('online', this.again, { once: true })
  }

  override componentWillUnmount() {
    window.removeEventListener('online', this.again)
  }

  private readonly again = () => this.setState({ error: null })

  override render() {
    const { error } = this.state
    // What is wrong with the part itself is for the page around it.
    if (error !== null && !(error instanceof NotDownloaded)) throw error
    return error === null ? this.props.children : null
  }
}

let said: number | undefined

/** Once for all parts. A browser may keep that it could not get a part, so with a connection the way out is offered. */
function say(): void {
  if (said !== undefined) dismissToast(said)
  const reload = { label: m.ui_reload(), run: () => location.reload() }
  said = toast(m.ui_not_downloaded(), {
    tone: 'danger',
    ...(navigator.onLine ? { action: reload } : {}),
  })
}
