import { Search, X } from 'lucide-react'
import type { Ref } from 'react'
import { Button } from 'react-aria-components/Button'
import { Input } from 'react-aria-components/Input'
import {
  type SearchFieldProps as AriaProps,
  SearchField as AriaSearch,
} from 'react-aria-components/SearchField'
import { cx } from './cx'
import styles from './Field.module.css'
import own from './SearchField.module.css'

export interface SearchFieldProps extends Omit<AriaProps, 'className' | 'style' | 'children' | 'aria-label'> {
  label: string
  placeholder?: string
  className?: string
  inputRef?: Ref<HTMLInputElement>
}

export function SearchField({ label, placeholder, className, inputRef, ...rest }: SearchFieldProps) {
  return (
    <AriaSearch {...rest} aria-label={label} className={cx(styles.box, own.search, className)}>
      <Search size={16} strokeWidth={1.75} aria-hidden="true" />
      <Input ref={inputRef} className={cx(styles.input, own.input)} placeholder={placeholder ?? label} />
      <Button className={own.clear ?? ''}>
        <X size={14} aria-hidden="true" />
      </Button>
    </AriaSearch>
  )
}
