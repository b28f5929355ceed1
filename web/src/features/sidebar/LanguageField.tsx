import { useMemo, useState } from 'react'
import { problemWords } from '@/api/problem'
import { locale } from '@/i18n'
import { m } from '@/i18n/pages'
import { Select } from '@/ui/Select'

// The languages WhatsApp's templates know, without their countries.
const codes =
  'af sq ar az bn bg ca zh hr cs da nl en et fil fi fr ka de el gu ha he hi hu id ga it ja kn kk rw ko ky lo lv lt mk ms ml mr nb fa pl pt pa ro ru sr sk sl es sw sv ta te th tr uk ur uz vi zu'.split(
    ' ',
  )

const unknown = '-'

interface Props {
  value: string | null
  mayEdit: boolean
  onSave: (language: string | null) => Promise<void>
}

export function LanguageField({ value, mayEdit, onSave }: Props) {
  const [error, setError] = useState<string>()
  const options = useMemo(() => {
    const names = new Intl.DisplayNames([locale()], { type: 'language' })
    const named = [...new Set([...codes, ...(value ? [value] : [])])]
      .map(id => ({ id, label: nameOf(names, id) }))
      .sort((a, b) => a.label.localeCompare(b.label, locale()))
    return [{ id: unknown, label: m.sidebar_language_none() }, ...named]
  }, [value])
  if (!mayEdit) return options.find(({ id }) => id === (value ?? unknown))?.label
  return (
    <Select
      label={m.sidebar_language()}
      hideLabel
      size="small"
      options={options}
      value={value ?? unknown}
      error={error}
      onChange={id => {
        setError(undefined)
        onSave(id === unknown ? null : id).catch(problem => setError(problemWords(problem)))
      }}
    />
  )
}

function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    const name = names.of(code.replace('_', '-')) ?? code
    return name.charAt(0).toLocaleUpperCase(locale()) + name.slice(1)
  } catch {
    return code
  }
}
