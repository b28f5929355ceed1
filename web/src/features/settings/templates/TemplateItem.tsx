import { Compass } from 'lucide-react'
import { useState } from 'react'
import type { Template, Templates, TemplateVariant } from '@/api/types'
import { templatesQuery } from '@/features/templates/queries'
import { templateName } from '@/features/templates/TemplatePicker'
import { locale } from '@/i18n'
import { m } from '@/i18n/admin'
import { languageName } from '@/lib/language'
import { EmptyState } from '@/ui'
import { BackLink } from '../form/BackLink'
import { Loaded } from '../ItemOf'
import { blank, formOf } from './build/draft'
import { TemplateBuilder } from './build/TemplateBuilder'
import { itemOf, type TemplatePlace } from './place'
import { TemplatePage } from './TemplatePage'

/** One template: looked at, changed, copied or begun. */
export function TemplateItem({ item }: { item: string }) {
  const place = itemOf(item)
  if (!place) return <NotHere />
  return (
    <Loaded query={templatesQuery(place.account)}>
      {templates => <At templates={templates} place={place} />}
    </Loaded>
  )
}

function At({ templates, place }: { templates: Templates; place: TemplatePlace }) {
  const template = templates.items.find(({ name }) => name === place.name)
  const variant = template?.variants.find(({ language }) => language === place.language)
  if (place.act === 'new' && templates.can_make) {
    const begin = blank(templates.languages.find(code => code === locale()) ?? 'en')
    const title = m.template_new()
    return <TemplateBuilder accountId={place.account} templates={templates} title={title} begin={begin} />
  }
  if (template && place.act === 'page') return <TemplatePage templates={templates} template={template} />
  if (!template || !variant || !templates.can_make) return <NotHere />
  return <Made templates={templates} template={template} variant={variant} act={place.act} />
}

interface MadeProps {
  templates: Templates
  template: Template
  variant: TemplateVariant
  act: TemplatePlace['act']
}

function Made({ templates, template, variant, act }: MadeProps) {
  const name = templateName(template.name)
  const form = formOf(variant)
  // What becomes of it meanwhile takes nothing away that somebody is writing.
  const [wasOpen] = useState(variant.fixed === null)
  const same = { accountId: templates.account_id, templates }
  if (act === 'edit' && wasOpen) {
    const title = m.template_edit_title({ name, language: languageName(variant.language) })
    return <TemplateBuilder {...same} title={title} begin={form} variant={variant} />
  }
  if (act === 'language') {
    return (
      <TemplateBuilder
        {...same}
        title={m.template_language_title({ name })}
        begin={{ ...form, language: '' }}
        isNamed
      />
    )
  }
  if (act === 'copy') {
    return <TemplateBuilder {...same} title={m.template_copy_title({ name })} begin={{ ...form, name: '' }} />
  }
  return <NotHere />
}

function NotHere() {
  return (
    <>
      <BackLink section="templates" />
      <EmptyState icon={Compass} title={m.problem_not_found()} />
    </>
  )
}
