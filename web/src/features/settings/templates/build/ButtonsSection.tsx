import { ExternalLink, Phone, Plus, Reply, TicketPercent } from 'lucide-react'
import { m } from '@/i18n/admin'
import { Button, FormSection, Menu, MenuItem, Note, TextField } from '@/ui'
import order from '../../Order.module.css'
import { OrderItem } from '../../OrderItem'
import { move } from '../../order'
import styles from './Build.module.css'
import { type ButtonKind, type DraftButton, hasRoom, needsSample, withButton } from './draft'

interface Props {
  buttons: DraftButton[]
  words: Readonly<Record<string, string>>
  onChange: (buttons: DraftButton[]) => void
  onTouch: (field: string) => void
}

const kinds: { kind: ButtonKind; icon: typeof Reply; label: () => string; help: () => string }[] = [
  {
    kind: 'quick_reply',
    icon: Reply,
    label: () => m.template_quick_reply(),
    help: () => m.template_quick_reply_help(),
  },
  { kind: 'url', icon: ExternalLink, label: () => m.template_url(), help: () => m.template_url_help() },
  { kind: 'phone', icon: Phone, label: () => m.template_phone(), help: () => m.template_phone_help() },
  {
    kind: 'copy_code',
    icon: TicketPercent,
    label: () => m.template_code(),
    help: () => m.template_code_help(),
  },
]

const labelOf = (kind: ButtonKind) => kinds.find(one => one.kind === kind)?.label() ?? kind

/** What can be tapped under the words. */
export function ButtonsSection({ buttons, words, onChange, onTouch }: Props) {
  const change = (index: number, part: Partial<DraftButton>) =>
    onChange(buttons.map((one, place) => (place === index ? { ...one, ...part } : one)))
  return (
    <FormSection title={m.template_buttons()} description={m.template_buttons_help()}>
      {buttons.length > 0 && (
        <ul className={order.list}>
          {buttons.map((button, index) => (
            <OrderItem
              key={button.id}
              index={index}
              count={buttons.length}
              name={button.text || labelOf(button.kind)}
              onMove={by => onChange(move(buttons, index, by))}
              onRemove={() => onChange(buttons.toSpliced(index, 1))}
            >
              <ButtonFields
                button={button}
                index={index}
                words={words}
                onChange={part => change(index, part)}
                onTouch={onTouch}
              />
            </OrderItem>
          ))}
        </ul>
      )}
      {words.buttons && <Note tone="danger">{words.buttons}</Note>}
      <div>
        <Menu
          label={m.template_add_button()}
          trigger={<Button icon={Plus}>{m.template_add_button()}</Button>}
        >
          {kinds.map(({ kind, icon, label, help }) => (
            <MenuItem
              key={kind}
              icon={icon}
              description={help()}
              isDisabled={!hasRoom(buttons, kind)}
              onAction={() => onChange(withButton(buttons, kind))}
            >
              {label()}
            </MenuItem>
          ))}
        </Menu>
      </div>
    </FormSection>
  )
}

interface FieldsProps {
  button: DraftButton
  index: number
  words: Readonly<Record<string, string>>
  onChange: (part: Partial<DraftButton>) => void
  onTouch: (field: string) => void
}

function ButtonFields({ button, index, words, onChange, onTouch }: FieldsProps) {
  const field = (name: string) => `buttons[${index}].${name}`
  const sample = `samples.button:${index}`
  return (
    <fieldset className={styles.button}>
      <legend>{labelOf(button.kind)}</legend>
      {button.kind !== 'copy_code' && (
        <TextField
          label={m.template_button_text()}
          value={button.text}
          isRequired
          onChange={text => onChange({ text })}
          onBlur={() => onTouch(field('text'))}
          error={words[field('text')]}
        />
      )}
      {button.kind === 'url' && (
        <TextField
          label={m.template_button_url()}
          description={m.template_button_url_help({ variable: '{{1}}' })}
          type="url"
          value={button.url}
          isRequired
          onChange={url => onChange({ url })}
          onBlur={() => onTouch(field('url'))}
          error={words[field('url')]}
          placeholder="https://"
        />
      )}
      {button.kind === 'phone' && (
        <TextField
          label={m.template_button_number()}
          type="tel"
          value={button.number}
          isRequired
          onChange={number => onChange({ number })}
          onBlur={() => onTouch(field('number'))}
          error={words[field('number')]}
          placeholder="+39 02 1234567"
        />
      )}
      {needsSample(button) && (
        <TextField
          label={button.kind === 'url' ? m.template_sample_end() : m.template_sample_code()}
          description={m.template_sample_help()}
          value={button.sample}
          isRequired
          onChange={text => onChange({ sample: text })}
          onBlur={() => onTouch(sample)}
          error={words[sample]}
        />
      )}
    </fieldset>
  )
}
