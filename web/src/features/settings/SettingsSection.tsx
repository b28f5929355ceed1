import { useParams } from '@tanstack/react-router'
import { pages } from './pages'
import { SectionGate } from './SectionGate'

export default function SettingsSection() {
  const { section } = useParams({ from: '/desk/frame/settings/$section' })
  return <SectionGate section={section}>{id => pages[id].list()}</SectionGate>
}
