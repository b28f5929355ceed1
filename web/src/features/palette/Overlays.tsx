import { lazy, Suspense } from 'react'
import { closeOverlay, useOpenOverlay } from './state'

const Palette = lazy(() => import('./Palette'))
const Sheet = lazy(() => import('./Sheet'))

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
