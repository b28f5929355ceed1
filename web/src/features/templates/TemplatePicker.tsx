import { FileText, Paperclip } from 'lucide-react'
import { useId } from 'react'
import type { TemplateVariant } from '@/api/types'
import { chooseFile } from '@/features/composer/files/attach'
import { pick as picked } from '@/features/composer/files/picked'
import { uploads } from '@/features/composer/files/uploads'
import { m } from '@/i18n/pages'
import { languageName } from '@/lib/language'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { EmptyState } from '@/ui/EmptyState'
import { Note } from '@/ui/Note'
import { SearchInput } from '@/ui/SearchInput'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { previewOf } from './fill'
import { slotHelp, slotLabel } from './slots'
import styles from './Template.module.css'
import { TemplateCard } from './TemplateCard'
import { media, type Pick } from './usePick'

interface Props {
  pick: Pick
  /** Whether there is none to send at all. */
  isEmpty: boolean
  /** Whether it is what the dialog begins with. */
  isFirst?: boolean
  /** The server's words, by slot. */
  errors: Readonly<Record<string, string>>
}

/** Choosing a template, filling it in, and seeing what the customer will see. */
export function TemplatePicker({ pick, isEmpty, isFirst = false, errors }: Props) {
  const captionId = useId()
  if (isEmpty) {
    return (
      <EmptyState icon={FileText} title={m.templates_none()}>
        {m.templates_none_help()}
      </EmptyState>
    )
  }
  const { chosen, variant, found } = pick
  return (
    <div className={styles.pick}>
      <div className={styles.names}>
        <SearchInput
          label={m.templates_search()}
          value={pick.search}
          onChange={pick.setSearch}
          autoFocus={isFirst}
          onEnter={() => found[0] && pick.choose(found[0].name)}
        />
        <ul className={styles.list} aria-label={m.templates_title()}>
          {found.map(template => (
            <li key={template.name}>
              <button
                type="button"
                className={cx(styles.name, template.variants.every(isBeyond) && styles.beyond)}
                aria-pressed={template === chosen}
                onClick={() => pick.choose(template.name)}
              >
                {templateName(template.name)}
                <span>
                  {template.variants.every(isBeyond)
                    ? m.templates_beyond()
                    : template.variants[0]?.content.body}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {found.length === 0 && (
          <p className={styles.caption} role="status">
            {m.ui_nothing_found()}
          </p>
        )}
      </div>
      <div className={styles.fields}>
        {!variant && <p className={styles.caption}>{m.templates_choose()}</p>}
        {chosen && variant && (
          <>
            {chosen.variants.length > 1 && (
              <Select
                label={m.templates_language()}
                options={chosen.variants.map(one => ({
                  id: one.language,
                  label: languageName(one.language),
                }))}
                value={variant.language}
                onChange={pick.setLanguage}
              />
            )}
            {variant.slots.map(slot =>
              slot.key === media && pick.file ? (
                <div key={slot.key} className={styles.file}>
                  <Paperclip size={16} aria-hidden="true" />
                  <span>{pick.file.name}</span>
                  <Button size="small" onPress={() => pick.setFile(null)}>
                    {m.templates_file_remove()}
                  </Button>
                </div>
              ) : (
                <div key={`${variant.id} ${slot.key}`} className={styles.slot}>
                  <TextField
                    label={slotLabel(variant, slot.key)}
                    value={pick.values[slot.key] ?? ''}
                    isRequired
                    onChange={value => pick.set(slot.key, value)}
                    error={errors[slot.key]}
                    description={slotHelp(variant, slot)}
                  />
                  {slot.key === media && (
                    <Button icon={Paperclip} onPress={() => chooseFile(files => choose(files, pick))}>
                      {m.templates_file()}
                    </Button>
                  )}
                </div>
              ),
            )}
            {variant.content.beyond && <Note tone="warning">{m.templates_beyond()}</Note>}
            <figure aria-labelledby={captionId}>
              <figcaption id={captionId} className={styles.caption}>
                {m.templates_preview()}
              </figcaption>
              <div className={styles.bubble}>
                <TemplateCard template={previewOf(variant.content, pick.shown)} />
              </div>
            </figure>
          </>
        )}
      </div>
    </div>
  )
}

/** A file of this computer: it is handed in while the rest is filled in. */
function choose([first]: readonly File[], pick: Pick): void {
  if (!first) return
  const file = picked(first, first.name)
  pick.setFile(file)
  uploads.begin(file)
}

/** `order_shipped` as people read it. */
export function templateName(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const isBeyond = ({ content }: TemplateVariant) => content.beyond !== null
