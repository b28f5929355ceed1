import { useNavigate, useSearch } from '@tanstack/react-router'

/** What is looked for stands in the URL, so that it is still there on the way back from a form. */
export function useSettingsSearch() {
  const { search = '' } = useSearch({ from: '/desk/frame/settings/$section' })
  const navigate = useNavigate({ from: '/settings/$section' })
  const setSearch = (text: string) =>
    void navigate({ search: text ? { search: text } : {}, replace: true, resetScroll: false })
  return { search, setSearch }
}
