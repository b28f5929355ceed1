import { Suspense } from 'react'
import { later } from '@/ui/later'
import { ask, useAsking } from './asking'

const EndDialog = later(() => import('./EndDialog'))
const SnoozeDialog = later(() => import('./SnoozeDialog'))
const TagDialog = later(() => import('./TagDialog'))
const BlockDialog = later(() => import('./BlockDialog'))
const DownloadDialog = later(() => import('@/features/record/DownloadDialog'))

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
      {asking.what === 'download' && <DownloadDialog id={asking.id} onClose={close} />}
    </Suspense>
  )
}
