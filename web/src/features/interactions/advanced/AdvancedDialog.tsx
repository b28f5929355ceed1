import { useState } from 'react'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
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

/** Puts a search together: conditions, in groups of and/or. */
export default function AdvancedDialog({ search, onChange, onClose }: Props) {
  const sources = useSources()
  const [draft, setDraft] = useState<DraftGroup>(() => draftOf(search.expression))
  const [unfinished, setUnfinished] = useState(nothing)
  const apply = () => {
    const result = written(draft)
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
