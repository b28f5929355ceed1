import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import type { SectionSearch } from '../search'
import { type SectionId, sectionLabel } from '../sections'
import styles from './Form.module.css'

interface Props {
  section: SectionId
  /** Of which part of the list. */
  search?: SectionSearch
}

/** From a thing to the list it stands in. */
export function BackLink({ section, search = {} }: Props) {
  return (
    <Link to="/settings/$section" params={{ section }} search={search} className={styles.back}>
      <ChevronLeft size={16} strokeWidth={1.75} aria-hidden="true" />
      {sectionLabel(section)}
    </Link>
  )
}
