import { useEffect, useMemo, useState } from 'react'
import type { Template, Templates, TemplateVariant } from '@/api/types'
import type { Picked } from '@/features/composer/files/picked'
import { uploads } from '@/features/composer/files/uploads'
import { locale } from '@/i18n'
import { folded } from '@/lib/search'
import { missing, type Values } from './fill'

export interface Pick {
  search: string
  setSearch: (text: string) => void
  found: Template[]
  chosen: Template | undefined
  choose: (name: string) => void
  variant: TemplateVariant | undefined
  setLanguage: (language: string) => void
  values: Values
  set: (key: string, value: string) => void
  lacking: string[]
  /** The header's file from this computer; without one its slot holds a link. */
  file: Picked | null
  setFile: (file: Picked | null) => void
  /** What is filled in, for a preview. */
  shown: Values
  /** What is sent; waits until the server has the file. */
  body: () => Promise<{ template_id: number | null; values: Values; upload_id: string | null }>
}

/** The key of the header's file. */
export const media = 'header:media'

/** What is chosen and filled in. What was typed stays with its template when one looks at another. */
export function usePick(templates: Templates | undefined, preferred: string | null): Pick {
  const [search, setSearch] = useState('')
  const [name, setName] = useState<string | null>(null)
  const [language, setLanguage] = useState<string | null>(null)
  const [typed, setTyped] = useState<Record<string, Values>>({})
  const [file, setFile] = useState<Picked | null>(null)
  const address = useMemo(() => (file ? URL.createObjectURL(file.blob) : null), [file])
  useEffect(() => () => void (address && URL.revokeObjectURL(address)), [address])
  const items = templates?.items
  const found = useMemo(() => {
    const words = folded(search).split(/\s+/).filter(Boolean)
    return (items ?? []).filter(template => {
      const text = folded([template.name, ...template.variants.map(one => one.content.body)].join(' '))
      return words.every(word => text.includes(word))
    })
  }, [items, search])
  const chosen =
    items?.find(template => template.name === name) ?? (items?.length === 1 ? items[0] : undefined)
  const variant =
    chosen && inLanguage(chosen, [language, preferred, templates?.recontact.language ?? null, locale()])
  const id = String(variant?.id ?? '')
  const values = { ...variant?.prefilled, ...typed[id] }
  const takesFile = variant?.slots.some(({ key }) => key === media) ?? false
  const sent = takesFile ? file : null
  const shown = sent && address ? { ...values, [media]: address } : values
  return {
    search,
    setSearch,
    found,
    chosen,
    choose: setName,
    variant,
    setLanguage,
    values,
    set: (key, value) => setTyped(all => ({ ...all, [id]: { ...all[id], [key]: value } })),
    lacking: variant ? missing(variant, shown) : [],
    file: sent,
    setFile,
    shown,
    body: async () => {
      if (sent) await uploads.ensure(sent)
      const slots = variant?.slots ?? []
      return {
        template_id: variant?.id ?? null,
        values: Object.fromEntries(slots.map(({ key }) => [key, values[key] ?? ''])),
        upload_id: sent?.id ?? null,
      }
    },
  }
}

function inLanguage({ variants }: Template, wanted: (string | null)[]): TemplateVariant | undefined {
  const stem = (code: string) => code.toLowerCase().split(/[_-]/)[0]
  for (const code of wanted) {
    if (!code) continue
    const same =
      variants.find(one => one.language === code) ?? variants.find(one => stem(one.language) === stem(code))
    if (same) return same
  }
  return variants[0]
}
