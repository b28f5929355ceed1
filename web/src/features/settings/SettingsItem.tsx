import { useParams } from '@tanstack/react-router'
import { pages } from './pages'
import { SectionGate } from './SectionGate'

/** One thing of a section; the key keeps the form of one from going on as that of another. */
export default function SettingsItem() {
  const { section, item } = useParams({ from: '/desk/frame/settings/$section/$item' })
  return (
    <SectionGate section={section}>
      {id => <div key={`${id}/${item}`}>{pages[id].item(item)}</div>}
    </SectionGate>
  )
}
