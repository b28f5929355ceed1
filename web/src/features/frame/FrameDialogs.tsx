import { lazy, Suspense } from 'react'
import { openDialog, useOpenDialog } from './dialogs'

const SignOutDialog = lazy(() => import('./SignOutDialog'))
const KeysDialog = lazy(() => import('@/features/palette/KeysDialog'))
const AlertsDialog = lazy(() => import('@/features/offers/AlertsDialog'))

/** Downloaded when first asked for. */
export function FrameDialogs() {
  const open = useOpenDialog()
  const close = () => openDialog(null)
  return (
    <Suspense>
      {open === 'signOut' && <SignOutDialog onClose={close} />}
      {open === 'keys' && <KeysDialog onClose={close} />}
      {open === 'alerts' && <AlertsDialog onClose={close} />}
    </Suspense>
  )
}
