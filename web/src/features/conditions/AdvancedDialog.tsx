import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Expression } from '@/api/keys'
import { contactFieldsQuery } from '@/api/queries'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Spinner } from '@/ui/Spinner'
import styles from './Advanced.module.css'
import { blank, type DraftGroup, draftOf, written } from './draft'
import type { Subject } from './fields'
import { Group } from './Group'
import { useSources } from './useSources'

export interface Searched {
  expression?: Expression | undefined
}

export interface Props<S extends Searched> {
  about: Subject
  search: S
  onChange: (next: S) => void
  onClose: () => void
}

const nothing: ReadonlySet<number> = new Set()

/** Puts a search together, once it is known what contacts have. */
export default function AdvancedDialog<S extends Searched>(props: Props<S>) {
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
function Search<S extends Searched>({ about, search, onChange, onClose }: Props<S>) {
  const sources = useSources(about)
  const [draft, setDraft] = useState<DraftGroup>(() => draftOf(search.expression, sources.own, about))
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
  const change = (next: DraftGroup) => setDraft(next.members.length > 0 ? next : blank(about))
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
