import { useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { Copy, Ellipsis, Languages, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Template, Templates, TemplateVariant } from '@/api/types'
import { templateName } from '@/features/templates/TemplatePicker'
import { m } from '@/i18n/admin'
import { languageName } from '@/lib/language'
import { Button, ConfirmDialog, IconButton, Menu, MenuItem, MenuSeparator, Note, toast } from '@/ui'
import form from '../form/Form.module.css'
import { worded } from './build/refusal'
import { wayBack } from './listed'
import { type TemplatePlace, textOf } from './place'

interface Props {
  templates: Templates
  template: Template
  /** The one on screen. */
  variant: TemplateVariant
  /** Says that what is being written on the page goes with it. */
  onDelete: () => void
}

/** What can be done with a template: changed, taken further, deleted. */
export function Actions({ templates, template, variant, onDelete }: Props) {
  const client = useQueryClient()
  const router = useRouter()
  const [asked, setAsked] = useState<'one' | 'all' | null>(null)
  const { account_id: account } = templates
  const { name } = template
  const { language } = variant
  const go = (act: TemplatePlace['act']) =>
    void router.navigate({
      to: '/settings/$section/$item',
      params: { section: 'templates', item: textOf({ act, account, name, language }) },
    })
  const living = template.variants.filter(one => one.status !== 'deleted')
  const canCopy = templates.can_make && variant.fixed !== 'beyond'
  const remove = async () => {
    const path = `/accounts/${account}/templates/${name}`
    const end = asked === 'one' ? `/variants/${language}` : ''
    const fresh = await api.delete<Templates>(`${path}${end}`)
    client.setQueryData(keys.templates(account, {}), fresh)
    const named = { name: templateName(name), language: languageName(language) }
    toast(asked === 'one' ? m.template_deleted_one(named) : m.template_deleted_all(named), {
      tone: 'success',
    })
    if (asked === 'all' || living.length < 2) {
      onDelete()
      await router.navigate({
        to: '/settings/$section',
        params: { section: 'templates' },
        search: wayBack(account),
      })
    }
  }
  if (!templates.can_make) return null
  return (
    <div className={form.actions}>
      {variant.fixed === null && (
        <Button icon={Pencil} onPress={() => go('edit')}>
          {m.template_edit()}
        </Button>
      )}
      <Menu
        label={m.template_more()}
        placement="bottom end"
        trigger={<IconButton icon={Ellipsis} label={m.template_more()} />}
      >
        <MenuItem icon={Languages} isDisabled={!canCopy} onAction={() => go('language')}>
          {m.template_add_language()}
        </MenuItem>
        <MenuItem icon={Copy} isDisabled={!canCopy} onAction={() => go('copy')}>
          {m.template_copy()}
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={Trash2}
          isDanger
          isDisabled={variant.status === 'deleted'}
          onAction={() => setAsked('one')}
        >
          {m.template_delete_one({ language: languageName(language) })}
        </MenuItem>
        <MenuItem icon={Trash2} isDanger isDisabled={living.length < 2} onAction={() => setAsked('all')}>
          {m.template_delete_all()}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        title={
          asked === 'all'
            ? m.template_delete_all_title({ name: templateName(name) })
            : m.template_delete_one_title({ name: templateName(name), language: languageName(language) })
        }
        confirm={m.template_delete()}
        isDanger
        isOpen={asked !== null}
        onOpenChange={isOpen => {
          if (!isOpen) setAsked(null)
        }}
        onConfirm={() =>
          remove().catch(problem => {
            throw worded(problem)
          })
        }
      >
        <p>{m.template_delete_help()}</p>
        {template.recontact && <p>{m.template_delete_recontact()}</p>}
      </ConfirmDialog>
    </div>
  )
}

/** Why it cannot be changed, where that is not plain. */
export function FixedNote({ templates, variant }: Pick<Props, 'templates' | 'variant'>) {
  if (variant.fixed === null || variant.fixed === 'pending' || variant.fixed === 'deleted') return null
  if (!templates.can_make) {
    return (
      <>
        {variant.content.beyond !== null && <Note tone="warning">{m.template_beyond_here()}</Note>}
        <p>
          {m.template_elsewhere()}{' '}
          <Link
            to="/settings/$section/$item"
            params={{ section: 'accounts', item: String(templates.account_id) }}
          >
            {m.template_elsewhere_account()}
          </Link>
        </p>
      </>
    )
  }
  if (variant.fixed === 'other') return <p>{m.template_not_editable()}</p>
  return variant.fixed === 'beyond' ? <p>{m.template_fixed_beyond()}</p> : null
}
