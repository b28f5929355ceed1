import type { Team } from '@/api/types'
import { m } from '@/i18n/admin'
import { FormSection, TextField } from '@/ui'
import { needsName } from '../form/checks'
import { FormPage } from '../form/FormPage'
import { Remove } from '../form/Remove'
import { type Resource, useResourceForm } from '../form/useResourceForm'
import { PickUsers } from '../people'

type TeamDraft = Omit<Team, 'id' | 'version'>

const teamResource: Resource<Team, TeamDraft> = {
  collection: 'teams',
  labels: { name: () => m.settings_name(), user_ids: () => m.settings_members_title() },
  toDraft: ({ id: _, version: __, ...draft }) => draft,
  toBody: part => part,
  check: needsName,
}

const blankTeam = (): TeamDraft => ({ name: '', user_ids: [] })

export function TeamForm({ team }: { team: Team | null }) {
  const form = useResourceForm(teamResource, team, blankTeam)
  return (
    <FormPage
      form={form}
      section="teams"
      title={team?.name ?? m.settings_team_new()}
      create={m.settings_team_create()}
      actions={
        team && (
          <Remove
            section="teams"
            stored={team}
            label={m.settings_team_remove()}
            title={m.settings_remove_title({ name: team.name })}
            isLeaving={form.isLeaving}
          >
            {m.settings_team_remove_what()}
          </Remove>
        )
      }
    >
      <FormSection title={m.settings_team()} description={m.settings_team_help()}>
        <TextField {...form.bind('name')} isRequired maxLength={100} />
        <PickUsers {...form.bind('user_ids')} />
      </FormSection>
    </FormPage>
  )
}
