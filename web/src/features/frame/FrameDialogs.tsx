import { Suspense } from 'react'
import { Asked } from '@/features/care/Asked'
import { askTemplate, useTemplateAsk } from '@/features/templates/dialog'
import { useAskedToHandOn } from '@/features/transfer/asking'
import { later } from '@/ui/later'
import { openDialog, useOpenDialog } from './dialogs'

const SignOutDialog = later(() => import('./SignOutDialog'))
const KeysDialog = later(() => import('@/features/palette/KeysDialog'))
const SendDialog = later(() => import('@/features/templates/SendDialog'))
const StartDialog = later(() => import('@/features/templates/StartDialog'))
const HandOnDialog = later(() => import('@/features/transfer/HandOnDialog'))
const AlertsDialog = later(() => import('@/features/offers/AlertsDialog'))

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
