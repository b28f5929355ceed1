import { lazy, Suspense } from 'react'
import { Asked } from '@/features/care/Asked'
import { askTemplate, useTemplateAsk } from '@/features/templates/dialog'
import { useAskedToHandOn } from '@/features/transfer/asking'
import { openDialog, useOpenDialog } from './dialogs'

const SignOutDialog = lazy(() => import('./SignOutDialog'))
const KeysDialog = lazy(() => import('@/features/palette/KeysDialog'))
const SendDialog = lazy(() => import('@/features/templates/SendDialog'))
const StartDialog = lazy(() => import('@/features/templates/StartDialog'))
const HandOnDialog = lazy(() => import('@/features/transfer/HandOnDialog'))
const AlertsDialog = lazy(() => import('@/features/offers/AlertsDialog'))

/** Downloaded when first asked for. */
export function FrameDialogs() {
  const open = useOpenDialog()
  const close = () => openDialog(null)
  const template = useTemplateAsk()
  const closeTemplate = () => askTemplate(null)
  const handedOn = useAskedToHandOn()
  return (
    <>
      <Asked />
      <Suspense>
        {open === 'signOut' && <SignOutDialog onClose={close} />}
        {open === 'keys' && <KeysDialog onClose={close} />}
        {template?.kind === 'send' && (
          <SendDialog interactionId={template.interactionId} onClose={closeTemplate} />
        )}
        {template?.kind === 'start' && <StartDialog ask={template} onClose={closeTemplate} />}
        {open === 'alerts' && <AlertsDialog onClose={close} />}
        {handedOn && <HandOnDialog request={handedOn} />}
      </Suspense>
    </>
  )
}
