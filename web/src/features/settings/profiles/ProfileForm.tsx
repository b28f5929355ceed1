import { useQuery } from '@tanstack/react-query'
import { usersQuery } from '@/api/queries'
import type { Permission, Profile } from '@/api/types'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/admin'
import { Checkbox, FormSection, Note, RadioGroup, TextField } from '@/ui'
import { FormPage } from '../form/FormPage'
import { useResourceForm } from '../form/useResourceForm'
import { roleLabel } from '../users/user'
import styles from './Mask.module.css'
import { MaskField } from './MaskField'
import { permissionGroups } from './permissions'
import { masks, profileResource, scopes } from './profile'

export function ProfileForm({ profile }: { profile: Profile }) {
  const form = useResourceForm(profileResource, profile, () => profileResource.toDraft(profile))
  const { draft, bind, set } = form
  const { data: users = [] } = useQuery(usersQuery)
  const holders = users.filter(user => !user.deleted && user.profile_id === profile.id).length
  const isAdmin = profile.role === 'admin'
  const mayChange = useSession().user.role === 'admin'
  const allow = (permission: Permission, on: boolean) =>
    set(
      'permissions',
      on ? [...draft.permissions, permission].sort() : draft.permissions.filter(one => one !== permission),
    )
  return (
    <FormPage form={form} section="profiles" title={profile.name}>
      <FormSection
        title={m.settings_profile()}
        description={m.settings_profile_of({ role: roleLabel(profile.role), count: holders })}
      >
        <TextField {...bind('name')} isRequired maxLength={100} />
        {!mayChange && <Note tone="warning">{m.settings_profile_only_admin()}</Note>}
        {isAdmin && <Note>{m.settings_profile_admin()}</Note>}
      </FormSection>
      <FormSection title={m.settings_permissions()} description={m.settings_permissions_help()}>
        {permissionGroups.map(({ label, permissions }) => (
          <fieldset key={label()} className={styles.group}>
            <legend className={styles.groupTitle}>{label()}</legend>
            {permissions.map(permission => (
              <Checkbox
                key={permission.id}
                label={permission.label()}
                description={permission.help()}
                isDisabled={isAdmin}
                isSelected={isAdmin || draft.permissions.includes(permission.id)}
                onChange={on => allow(permission.id, on)}
              />
            ))}
          </fieldset>
        ))}
      </FormSection>
      <FormSection title={m.settings_scope()} description={m.settings_scope_help()}>
        <RadioGroup
          {...bind('scope')}
          hideLabel
          isDisabled={isAdmin}
          options={scopes.map(({ id, label, help }) => ({ id, label: label(), description: help() }))}
        />
      </FormSection>
      <FormSection title={m.settings_masking()} description={m.settings_masking_help()}>
        {masks.map(({ id, label, sample }) => (
          <MaskField
            key={id}
            label={label()}
            value={draft.masking[id]}
            onChange={mask => set('masking', { ...draft.masking, [id]: mask })}
            sample={sample}
          />
        ))}
        <Note>{m.settings_masking_texts()}</Note>
      </FormSection>
    </FormPage>
  )
}
