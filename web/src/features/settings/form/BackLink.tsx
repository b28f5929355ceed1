import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { type SectionId, sectionLabel } from '../sections'
import styles from './Form.module.css'

/** From a thing to the list it stands in. */
export function BackLink({ section }: { section: SectionId }) {
  return (
    <Link to="/settings/$section" params={{ section }} className={styles.back}>
      <ChevronLeft size={16} strokeWidth={1.75} aria-hidden="true" />
      {sectionLabel(section)}
    </Link>
  )
}
