import { Suspense } from 'react'
import { later } from '@/ui/later'
import { closeOverlay, useOpenOverlay } from './state'

const Palette = later(() => import('./Palette'))
const Sheet = later(() => import('./Sheet'))

/** The palette and the sheet of shortcuts, downloaded when first asked for. */
export function Overlays() {
  const open = useOpenOverlay()
  return (
    <Suspense>
      {open === 'palette' && <Palette onClose={closeOverlay} />}
      {open === 'sheet' && <Sheet onClose={closeOverlay} />}
    </Suspense>
  )
}
