import { lazy, Suspense } from 'react'
import { ask, useAsking } from './asking'

const EndDialog = lazy(() => import('./EndDialog'))
const SnoozeDialog = lazy(() => import('./SnoozeDialog'))
const TagDialog = lazy(() => import('./TagDialog'))
const BlockDialog = lazy(() => import('./BlockDialog'))

/** Whatever is asked about an interaction, on any screen; downloaded when first asked for. */
export function Asked() {
  const asking = useAsking()
  if (!asking) return null
  const close = () => ask(null)
  return (
    <Suspense>
      {asking.what === 'close' && (
        <EndDialog ids={asking.ids} mode={asking.dispose ? 'dispose' : 'close'} onClose={close} />
      )}
      {asking.what === 'ending' && <EndDialog ids={[asking.id]} mode="ending" onClose={close} />}
      {asking.what === 'snooze' && <SnoozeDialog id={asking.id} onClose={close} />}
      {asking.what === 'tags' && <TagDialog ids={asking.ids} onClose={close} />}
      {asking.what === 'block' && <BlockDialog id={asking.id} onClose={close} />}
    </Suspense>
  )
}
