import { useMemo, useState } from 'react'
import { problemWords } from '@/api/problem'
import { m } from '@/i18n/pages'
import { Select } from '@/ui/Select'
import { languages } from './languages'

const unknown = '-'

interface Props {
  value: string | null
  mayEdit: boolean
  onSave: (language: string | null) => Promise<void>
}

export function LanguageField({ value, mayEdit, onSave }: Props) {
  const [error, setError] = useState<string>()
  const options = useMemo(() => {
    return [{ id: unknown, label: m.sidebar_language_none() }, ...languages(value)]
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
