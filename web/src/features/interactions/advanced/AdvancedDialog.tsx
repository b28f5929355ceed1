import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { contactFieldsQuery } from '@/api/queries'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Spinner } from '@/ui/Spinner'
import type { InteractionSearch } from '../search'
import styles from './Advanced.module.css'
import { type DraftGroup, draftOf, newGroup, written } from './draft'
import { Group } from './Group'
import { useSources } from './useSources'

interface Props {
  search: InteractionSearch
  onChange: (next: InteractionSearch) => void
  onClose: () => void
}

const nothing: ReadonlySet<number> = new Set()

/** Puts a search together, once it is known what contacts have. */
export default function AdvancedDialog(props: Props) {
  const { data, error, refetch } = useQuery(contactFieldsQuery)
  if (data) return <Search {...props} />
  return (
    <Dialog title={m.advanced_title()} isOpen onOpenChange={props.onClose} size="large">
      {error ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : (
        <Spinner label={m.ui_loading()} />
      )}
    </Dialog>
  )
}

/** Conditions, in groups of and/or. */
function Search({ search, onChange, onClose }: Props) {
  const sources = useSources()
  const [draft, setDraft] = useState<DraftGroup>(() => draftOf(search.expression, sources.own))
  const [unfinished, setUnfinished] = useState(nothing)
  const apply = () => {
    const result = written(draft, sources.own)
    if ('unfinished' in result) {
      setUnfinished(result.unfinished)
      const [first] = result.unfinished
      document
        .getElementById(`advanced-${first}`)
        ?.querySelector('input, button')
        ?.scrollIntoView({ block: 'nearest' })
      return
    }
    onChange({ ...search, expression: result.expression })
    onClose()
  }
  const change = (next: DraftGroup) => setDraft(next.members.length > 0 ? next : newGroup())
  return (
    <Dialog
      title={m.advanced_title()}
      isOpen
      onOpenChange={onClose}
      size="large"
      aside={
        search.expression && (
          <Button
            onPress={() => {
              onChange({ ...search, expression: undefined })
              onClose()
            }}
          >
            {m.advanced_clear()}
          </Button>
        )
      }
      footer={
        <Button variant="primary" type="submit" form="advanced-search">
          {m.advanced_search()}
        </Button>
      }
    >
      <form
        id="advanced-search"
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          apply()
        }}
      >
        <Group
          group={draft}
          root={draft}
          depth={1}
          unfinished={unfinished}
          sources={sources}
          onChange={change}
        />
        <p className={styles.problem} role="status">
          {unfinished.size > 0 && m.advanced_unfinished()}
        </p>
      </form>
    </Dialog>
  )
}
