// The parts of the form that are more than a line of text.
import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useMemo } from 'react'
import { companySearchQuery } from '@/api/queries'
import type { ContactNumber, NumberKind, UserRef } from '@/api/types'
import { useKnown } from '@/features/interactions/known'
import { languages } from '@/features/sidebar/languages'
import { Tags } from '@/features/sidebar/Tags'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { useDebounced } from '@/lib/useDebounced'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { numberKindWords } from '../words'
import type { Social } from './draft'
import styles from './Form.module.css'

interface TextProps {
  value: string
  onChange: (value: string) => void
  error: string | undefined
  isDisabled: boolean
}

/** One that there is, or a new one. */
export function CompanyField(props: TextProps) {
  const asked = useDebounced(props.value.trim(), 200)
  const { data: found = [] } = useQuery({ ...companySearchQuery(asked), enabled: asked !== '' })
  return <TextField label={m.sidebar_company()} {...props} suggestions={found.map(({ name }) => name)} />
}

const unknown = '-'

export function LanguageSelect({ value, onChange }: Pick<TextProps, 'value' | 'onChange'>) {
  const options = useMemo(
    () => [{ id: unknown, label: m.sidebar_language_none() }, ...languages(value || null)],
    [value],
  )
  return (
    <Select
      label={m.sidebar_language()}
      options={options}
      value={value || unknown}
      onChange={id => onChange(id === unknown ? '' : id)}
    />
  )
}

interface OwnerProps {
  value: number | null
  held: UserRef | null
  onChange: (owner: number | null) => void
}

const nobody = 0

/** Whose contact it is, of the staff: of those whom one knows. */
export function OwnerSelect({ value, held, onChange }: OwnerProps) {
  const { agents } = useKnown()
  const { user } = useSession()
  const others = held && !agents.some(({ id }) => id === held.id) ? [...agents, held] : agents
  return (
    <Select<number>
      label={m.field_owner()}
      options={[
        { id: nobody, label: m.contacts_nobody() },
        { id: user.id, label: m.contacts_me({ name: user.name }) },
        ...others.filter(({ id }) => id !== user.id).map(({ id, name }) => ({ id, label: name })),
      ]}
      value={value ?? nobody}
      onChange={id => onChange(id === nobody ? null : id)}
    />
  )
}

export function DraftTags({
  tags,
  onChange,
}: {
  tags: readonly string[]
  onChange: (tags: string[]) => void
}) {
  return (
    <div className={styles.group}>
      <span className={styles.label}>{m.sidebar_tags()}</span>
      <Tags tags={tags} mayEdit onSave={async next => onChange(next)} />
    </div>
  )
}

const kinds: readonly NumberKind[] = ['mobile', 'home', 'work', 'fax', 'other']

interface NumbersProps {
  numbers: readonly ContactNumber[]
  error: string | undefined
  isMasked: boolean
  onChange: (numbers: ContactNumber[]) => void
}

/** Those beside phone and mobile. */
export function Numbers({ numbers, error, isMasked, onChange }: NumbersProps) {
  const set = (index: number, next: Partial<ContactNumber>) =>
    onChange(numbers.map((one, at) => (at === index ? { ...one, ...next } : one)))
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>{m.contacts_numbers()}</legend>
      {numbers.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a number is its place
        <div key={index} className={styles.line}>
          <Select
            label={m.contacts_number_kind()}
            hideLabel
            options={kinds.map(kind => ({ id: kind, label: numberKindWords(kind) }))}
            value={one.kind}
            onChange={kind => set(index, { kind })}
            isDisabled={isMasked}
          />
          <TextField
            label={m.contacts_number()}
            hideLabel
            type="tel"
            value={one.number}
            onChange={number => set(index, { number })}
            error={index === numbers.length - 1 ? error : undefined}
            isDisabled={isMasked}
          />
          <IconButton
            icon={X}
            size="small"
            label={m.contacts_number_remove({ number: one.number })}
            isDisabled={isMasked}
            onPress={() => onChange(numbers.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {!isMasked && (
        <Button
          size="small"
          variant="quiet"
          icon={Plus}
          onPress={() => onChange([...numbers, { kind: 'work', number: '' }])}
        >
          {m.contacts_number_add()}
        </Button>
      )}
    </fieldset>
  )
}

const networks = ['Facebook', 'Instagram', 'LinkedIn', 'Telegram', 'TikTok', 'X', 'YouTube']

interface SocialsProps {
  socials: readonly Social[]
  error: string | undefined
  onChange: (socials: Social[]) => void
}

export function Socials({ socials, error, onChange }: SocialsProps) {
  const set = (index: number, next: Partial<Social>) =>
    onChange(socials.map((one, at) => (at === index ? { ...one, ...next } : one)))
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>{m.contacts_socials()}</legend>
      {socials.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a network is its place
        <div key={index} className={styles.line}>
          <TextField
            label={m.contacts_network()}
            hideLabel
            placeholder={m.contacts_network()}
            suggestions={networks}
            value={one.network}
            onChange={network => set(index, { network })}
          />
          <TextField
            label={m.contacts_handle()}
            hideLabel
            placeholder={m.contacts_handle()}
            value={one.name}
            onChange={name => set(index, { name })}
            error={index === socials.length - 1 ? error : undefined}
          />
          <IconButton
            icon={X}
            size="small"
            label={m.contacts_social_remove({ network: one.network })}
            onPress={() => onChange(socials.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        size="small"
        variant="quiet"
        icon={Plus}
        onPress={() => onChange([...socials, { network: '', name: '' }])}
      >
        {m.contacts_social_add()}
      </Button>
    </fieldset>
  )
}
