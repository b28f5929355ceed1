import { Plus, Rows3, Trash2 } from 'lucide-react'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { Select } from '@/ui/Select'
import styles from './Advanced.module.css'
import { ConditionRow } from './ConditionRow'
import {
  blank,
  change,
  conditionsAtMost,
  count,
  type Draft,
  type DraftGroup,
  depthAtMost,
  isGroup,
  newCondition,
} from './draft'
import { rowFields } from './fields'
import type { Sources } from './words'

interface Props {
  group: DraftGroup
  /** The whole of it: a change of a member is one of the whole. */
  root: DraftGroup
  depth: number
  unfinished: ReadonlySet<number>
  sources: Sources
  onChange: (root: DraftGroup) => void
}

/** Conditions and further groups, of which all or any must hold. */
export function Group({ group, root, depth, unfinished, sources, onChange }: Props) {
  const set = (next: DraftGroup | null) => {
    if (group.id === root.id) onChange(next ?? blank(sources.about))
    else onChange(change(root, group.id, () => next))
  }
  const add = (member: Draft) => set({ ...group, members: [...group.members, member] })
  const isFull = count(root) >= conditionsAtMost
  return (
    // biome-ignore lint/a11y/useSemanticElements: groups stand in each other
    <div className={cx(styles.group, depth > 1 && styles.inner)} role="group" aria-label={m.advanced_group()}>
      <div className={styles.head}>
        <Select
          size="small"
          className={styles.match ?? ''}
          label={m.advanced_match()}
          hideLabel
          options={[
            { id: 'all', label: m.advanced_match_all() },
            { id: 'any', label: m.advanced_match_any() },
          ]}
          value={group.match}
          onChange={match => set({ ...group, match })}
        />
        {depth > 1 && (
          <IconButton
            icon={Trash2}
            size="small"
            label={m.advanced_remove_group()}
            onPress={() => set(null)}
          />
        )}
      </div>
      {group.members.map((member, index) => (
        <div key={member.id} className={styles.member}>
          {index > 0 && (
            <span className={styles.between} aria-hidden="true">
              {group.match === 'all' ? m.advanced_and() : m.advanced_or()}
            </span>
          )}
          {isGroup(member) ? (
            <Group
              group={member}
              root={root}
              depth={depth + 1}
              unfinished={unfinished}
              sources={sources}
              onChange={onChange}
            />
          ) : (
            <ConditionRow
              condition={member}
              isUnfinished={unfinished.has(member.id)}
              sources={sources}
              onChange={next => onChange(change(root, member.id, () => next))}
            />
          )}
        </div>
      ))}
      <div className={styles.add}>
        <Button
          size="small"
          variant="quiet"
          icon={Plus}
          isDisabled={isFull}
          onPress={() => add(newCondition(rowFields[sources.about][0] ?? 'id'))}
        >
          {m.advanced_add()}
        </Button>
        {depth < depthAtMost && (
          <Button
            size="small"
            variant="quiet"
            icon={Rows3}
            isDisabled={isFull}
            onPress={() => add(blank(sources.about, group.match === 'all' ? 'any' : 'all'))}
          >
            {m.advanced_add_group()}
          </Button>
        )}
      </div>
    </div>
  )
}
