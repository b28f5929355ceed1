import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { teamsQuery, usersQuery } from '@/api/queries'
import type { ListMember } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, IconButton, Note, Select, Switch } from '@/ui'
import type { Misfits } from '../form/draft'
import styles from './Lists.module.css'
import { levels, type Who, whoOf, withAnother, withWho } from './list'

interface Props {
  members: readonly ListMember[]
  misfits: Misfits
  onChange: (members: ListMember[]) => void
}

/** Agents and teams with what each may do in a list. */
export function Members({ members, misfits, onChange }: Props) {
  const users = useQuery(usersQuery).data ?? []
  const teams = useQuery(teamsQuery).data ?? []
  const everybody: { id: Who; label: string }[] = [
    ...teams.map(({ id, name }) => ({ id: `team ${id}` as const, label: m.settings_list_team({ name }) })),
    ...users
      .filter(({ deleted }) => !deleted)
      .map(({ id, name }) => ({ id: `user ${id}` as const, label: name })),
  ]
  const named = members.map(whoOf)
  const free = everybody.filter(({ id }) => !named.includes(id))
  const first = free[0]
  const change = (index: number, member: ListMember) => onChange(members.toSpliced(index, 1, member))
  const misfit = Object.entries(misfits).find(([path]) => path.startsWith('members'))?.[1]
  return (
    <div className={styles.members}>
      <ul className={styles.list} aria-label={m.settings_list_who()}>
        {members.map((member, index) => {
          const who = whoOf(member)
          const name = everybody.find(({ id }) => id === who)?.label ?? `#${who.split(' ')[1]}`
          return (
            <li key={who} className={styles.member}>
              <Select
                label={m.settings_list_member({ number: index + 1 })}
                hideLabel
                className={styles.who ?? ''}
                options={[{ id: who, label: name }, ...free]}
                value={who}
                onChange={next => change(index, withWho(member, next))}
              />
              <Select
                label={m.settings_list_level({ name })}
                hideLabel
                className={styles.level ?? ''}
                options={levels.map(({ id, label }) => ({ id, label: label() }))}
                value={member.level}
                onChange={level => change(index, { ...member, level })}
              />
              <Switch
                label={m.settings_list_export()}
                aria-label={m.settings_list_export_of({ name })}
                isSelected={member.export}
                onChange={on => change(index, { ...member, export: on })}
              />
              <IconButton
                icon={X}
                size="small"
                label={m.settings_list_without({ name })}
                onPress={() => onChange(members.toSpliced(index, 1))}
              />
            </li>
          )
        })}
      </ul>
      {misfit && <Note tone="danger">{misfit}</Note>}
      <Button
        size="small"
        icon={Plus}
        isDisabled={!first}
        onPress={() => first && onChange(withAnother(members, first.id))}
      >
        {m.settings_list_add()}
      </Button>
    </div>
  )
}
