import { useParams } from '@tanstack/react-router'

export default function SettingsSection() {
  const { section } = useParams({ from: '/desk/frame/settings/$section' })
  return <h2>{section}</h2>
}
