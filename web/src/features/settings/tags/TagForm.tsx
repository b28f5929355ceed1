import type { Tag } from '@/api/types'
import { m } from '@/i18n/admin'
import { FormSection, Select, TextField } from '@/ui'
import { FormPage } from '../form/FormPage'
import { Remove } from '../form/Remove'
import { useResourceForm } from '../form/useResourceForm'
import { blankTag, colours, tagResource } from './tag'

export function TagForm({ tag }: { tag: Tag | null }) {
  const form = useResourceForm(tagResource, tag, blankTag)
  return (
    <FormPage
      form={form}
      section="tags"
      title={tag?.name ?? m.settings_tag_new()}
      create={m.settings_tag_create()}
      actions={
        tag && (
          <Remove
            section="tags"
            stored={tag}
            label={m.settings_tag_remove()}
            title={m.settings_remove_title({ name: tag.name })}
            isLeaving={form.isLeaving}
          >
            {m.settings_tag_remove_what()}
          </Remove>
        )
      }
    >
      <FormSection title={m.settings_tag()}>
        <TextField
          {...form.bind('name')}
          isRequired
          maxLength={40}
          description={m.settings_tag_name_help()}
        />
        <Select {...form.bind('colour')} options={colours.map(({ id, label }) => ({ id, label: label() }))} />
        <TextField
          {...form.bind('description')}
          maxLength={200}
          description={m.settings_tag_description_help()}
        />
      </FormSection>
    </FormPage>
  )
}
