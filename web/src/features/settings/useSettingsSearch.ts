import { useNavigate, useSearch } from '@tanstack/react-router'
import type { SectionSearch } from './search'

/** What is looked for stands in the URL, so that it is still there on the way back from a form. */
export function useSettingsSearch() {
  const found = useSearch({ from: '/desk/frame/settings/$section' })
  const navigate = useNavigate({ from: '/settings/$section' })
  /** What is empty is left out of the URL. */
  const filter = (change: SectionSearch) => {
    const next = Object.entries({ ...found, ...change }).filter(([, value]) => value)
    void navigate({ search: Object.fromEntries(next), replace: true, resetScroll: false })
  }
  return { search: found.search ?? '', setSearch: (search: string) => filter({ search }), found, filter }
}
