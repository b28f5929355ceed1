// What each section shows.
import type { ReactNode } from 'react'
import {
  accountsQuery,
  cannedAnswersQuery,
  contactFieldsQuery,
  contactListsQuery,
  profilesQuery,
  queuesQuery,
  settingsQuery,
  tagsQuery,
  teamsQuery,
  usersQuery,
} from '@/api/queries'
import { m } from '@/i18n/admin'
import { EmptyState } from '@/ui'
import { AccountForm } from './accounts/AccountForm'
import { AccountList } from './accounts/AccountList'
import { BlockList } from './blocks/BlockList'
import { CannedForm } from './canned/CannedForm'
import { CannedList } from './canned/CannedList'
import { DispositionTree } from './dispositions/DispositionTree'
import { FieldForm } from './fields/FieldForm'
import { FieldList } from './fields/FieldList'
import { GeneralForm } from './general/GeneralForm'
import { ItemOf, Loaded } from './ItemOf'
import { ListForm } from './lists/ListForm'
import { ListList } from './lists/ListList'
import { ProfileForm } from './profiles/ProfileForm'
import { ProfileList } from './profiles/ProfileList'
import { QueueForm } from './queues/QueueForm'
import { QueueList } from './queues/QueueList'
import type { SectionId } from './sections'
import { TagForm } from './tags/TagForm'
import { TagList } from './tags/TagList'
import { TeamForm } from './teams/TeamForm'
import { TeamList } from './teams/TeamList'
import { TemplateItem } from './templates/TemplateItem'
import { TemplateList } from './templates/TemplateList'
import { UserForm } from './users/UserForm'
import { UserList } from './users/UserList'

interface Page {
  list: () => ReactNode
  item: (item: string) => ReactNode
}

export const pages: Record<SectionId, Page> = {
  accounts: {
    list: () => <AccountList />,
    item: item => (
      <ItemOf section="accounts" query={accountsQuery} item={item}>
        {account => (
          <Loaded query={queuesQuery}>{queues => <AccountForm account={account} queues={queues} />}</Loaded>
        )}
      </ItemOf>
    ),
  },
  templates: {
    list: () => <Loaded query={accountsQuery}>{accounts => <TemplateList accounts={accounts} />}</Loaded>,
    item: item => <TemplateItem item={item} />,
  },
  queues: {
    list: () => <QueueList />,
    item: item => (
      <ItemOf section="queues" query={queuesQuery} item={item}>
        {queue => <QueueForm queue={queue} />}
      </ItemOf>
    ),
  },
  users: {
    list: () => <UserList />,
    item: item => (
      <ItemOf section="users" query={usersQuery} item={item}>
        {user => (
          <Loaded query={profilesQuery}>{profiles => <UserForm user={user} profiles={profiles} />}</Loaded>
        )}
      </ItemOf>
    ),
  },
  teams: {
    list: () => <TeamList />,
    item: item => (
      <ItemOf section="teams" query={teamsQuery} item={item}>
        {team => <TeamForm team={team} />}
      </ItemOf>
    ),
  },
  profiles: {
    list: () => <ProfileList />,
    item: item => (
      <ItemOf section="profiles" query={profilesQuery} item={item}>
        {profile => (profile ? <ProfileForm profile={profile} /> : <NotHere />)}
      </ItemOf>
    ),
  },
  canned_answers: {
    list: () => <CannedList />,
    item: item => (
      <ItemOf section="canned_answers" query={cannedAnswersQuery} item={item}>
        {canned => <CannedForm canned={canned} />}
      </ItemOf>
    ),
  },
  dispositions: { list: () => <DispositionTree />, item: () => <NotHere /> },
  contact_fields: {
    list: () => <FieldList />,
    item: item => (
      <ItemOf section="contact_fields" query={contactFieldsQuery} item={item}>
        {field => <FieldForm field={field} />}
      </ItemOf>
    ),
  },
  contact_lists: {
    list: () => <ListList />,
    item: item => (
      <ItemOf section="contact_lists" query={contactListsQuery} item={item}>
        {list => <ListForm list={list} />}
      </ItemOf>
    ),
  },
  tags: {
    list: () => <TagList />,
    item: item => (
      <ItemOf section="tags" query={tagsQuery} item={item}>
        {tag => <TagForm tag={tag} />}
      </ItemOf>
    ),
  },
  blocks: { list: () => <BlockList />, item: () => <NotHere /> },
  general: {
    list: () => <Loaded query={settingsQuery}>{settings => <GeneralForm settings={settings} />}</Loaded>,
    item: () => <NotHere />,
  },
}

function NotHere() {
  return <EmptyState title={m.problem_not_found()} />
}
