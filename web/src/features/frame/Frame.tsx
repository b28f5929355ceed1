import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { Outlet, useRouter } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { hearEarly } from '@/commands/early'
import { Overlays } from '@/features/palette/Overlays'
import { followMe, goToSignIn, useSession } from '@/features/signin/session'
import { TabStrip } from '@/features/tabs/TabStrip'
import { m } from '@/i18n'
import { startLive } from '@/live'
import { later } from '@/ui/later'
import { Place } from '@/ui/Places'
import { fetchAhead } from './ahead'
import styles from './Frame.module.css'
import { FrameDialogs } from './FrameDialogs'
import { Rail } from './Rail'

// What the list does not wait for.
const Keys = later(async () => ({ default: (await import('@/commands/Keys')).Keys }))
const AccountTrouble = later(() => import('./AccountTrouble'))
const Offers = later(() => import('@/features/offers/Offers'))
const Toasts = later(async () => ({ default: (await import('@/ui/Toasts')).Toasts }))

/** What stands around every screen: the rail, the open interactions, offers, words that come and go. */
export function Frame() {
  const client = useQueryClient()
  const router = useRouter()
  const { user } = useSession()
  useEffect(() => startLive(client, () => goToSignIn(client, router)), [client, router])
  useEffect(() => sendInBackground(client), [client])
  useEffect(() => followMe(user), [user])
  useEffect(fetchAhead, [])
  useEffect(hearEarly, [])
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main">
        {m.frame_skip()}
      </a>
      <Rail />
      <div className={styles.screen}>
        <TabStrip />
        {user.permissions.includes('accounts.edit') && (
          <Suspense>
            <AccountTrouble />
          </Suspense>
        )}
        <main id="main" className={styles.main} tabIndex={-1}>
          <Outlet />
        </main>
        <Place name="screen" />
      </div>
      <Suspense>
        <Offers />
      </Suspense>
      <Suspense>
        <Toasts />
      </Suspense>
      <Suspense>
        <Keys />
      </Suspense>
      <Overlays />
      <FrameDialogs />
    </div>
  )
}

/** What was written before the page was loaded goes out, whatever is on screen. */
function sendInBackground(client: QueryClient): () => void {
  let stop: (() => void) | undefined
  let isGone = false
  void import('@/features/composer/sending').then(({ startSending }) => {
    if (!isGone) stop = startSending(client)
  })
  return () => {
    isGone = true
    stop?.()
  }
}
