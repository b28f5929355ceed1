import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete'
import { m } from '@/i18n/admin'
import { languageName } from '@/lib/language'
import { SearchField, Select } from '@/ui'
import styles from './Build.module.css'

interface Props {
  /** Every language there is, by its code. */
  codes: readonly string[]
  value: string
  isDisabled: boolean
  error: string | undefined
  onChange: (code: string) => void
}

/** One of WhatsApp's languages, found by a part of its name. */
export function LanguageField({ codes, value, isDisabled, error, onChange }: Props) {
  const { contains } = useFilter({ sensitivity: 'base' })
  const options = codes.map(id => ({ id, label: languageName(id), description: id }))
  options.sort((one, other) => one.label.localeCompare(other.label))
  return (
    <Select
      label={m.template_language()}
      description={m.template_language_help()}
      options={options}
      value={value === '' ? null : value}
      isDisabled={isDisabled}
      onChange={onChange}
      error={error}
      around={list => (
        <Autocomplete filter={contains}>
          <div className={styles.languages}>
            <SearchField label={m.ui_search()} autoFocus />
            {list}
          </div>
        </Autocomplete>
      )}
    />
  )
}
