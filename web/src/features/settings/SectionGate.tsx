import { Compass, Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/admin'
import { EmptyState } from '@/ui'
import { findSection, isOpenTo, type SectionId } from './sections'

interface Props {
  section: string
  children: (id: SectionId) => ReactNode
}

/** Sections that do not exist, and those one may not change. */
export function SectionGate({ section, children }: Props) {
  const { permissions } = useSession().user
  const found = findSection(section)
  if (!found) return <EmptyState icon={Compass} title={m.frame_not_found()} />
  if (!isOpenTo(found, permissions)) {
    return (
      <EmptyState icon={Lock} title={m.settings_forbidden()}>
        {m.problem_forbidden()}
      </EmptyState>
    )
  }
  return children(found.id)
}
