import { useQueries } from '@tanstack/react-query'
import { CircleCheckBig, Tag, UserPlus } from 'lucide-react'
import { interactionQuery } from '@/api/queries'
import { shortcutOf } from '@/commands/registry'
import { ask } from '@/features/care/asking'
import { BulkBar as Bar } from '@/features/list/BulkBar'
import { askToHandOn } from '@/features/transfer/asking'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { pickedAtMost } from './handle'

interface Props {
  ids: readonly number[]
  onClear: () => void
}

/** What may be done with the rows that are picked; each act says how many of them it is about. */
export default function BulkBar({ ids, onClear }: Props) {
  const rows = useQueries({
    queries: ids.map(id => ({ ...interactionQuery(id), enabled: false })),
    combine: results => results.flatMap(({ data }) => data ?? []),
  })
  const closable = rows.filter(({ may }) => may.close).map(({ id }) => id)
  const taggable = rows.filter(({ may }) => may.tag).map(({ id }) => id)
  const assignable = rows.filter(({ may }) => may.assign).map(({ id }) => id)
  return (
    <Bar label={m.bulk_label()} count={ids.length} atMost={pickedAtMost} onClear={onClear}>
      {closable.length > 0 && (
        <Button
          size="small"
          icon={CircleCheckBig}
          shortcut={shortcutOf('interactions.close')}
          onPress={() => ask({ what: 'close', ids: closable, dispose: false })}
        >
          {closable.length === ids.length ? m.bulk_close() : m.bulk_close_some({ count: closable.length })}
        </Button>
      )}
      {taggable.length > 0 && (
        <Button
          size="small"
          icon={Tag}
          shortcut={shortcutOf('interactions.tag')}
          onPress={() => ask({ what: 'tags', ids: taggable })}
        >
          {m.bulk_tag()}
        </Button>
      )}
      {assignable.length > 0 && (
        <Button
          size="small"
          icon={UserPlus}
          shortcut={shortcutOf('transfer.assign')}
          onPress={() => askToHandOn({ do: 'assign', ids: assignable })}
        >
          {assignable.length === ids.length
            ? m.bulk_assign()
            : m.bulk_assign_some({ count: assignable.length })}
        </Button>
      )}
    </Bar>
  )
}
