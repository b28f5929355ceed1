// Which templates of an account are shown. Pure.
import type { Template, TemplateVariant } from '@/api/types'
import { folded } from '@/lib/search'

export interface TemplateFilter {
  search?: string
  language?: string
  status?: string
  quality?: string
  category?: string
}

/** Those that have a variant like this; deleted ones only when they are asked for. */
export function matching(templates: readonly Template[], filter: TemplateFilter): Template[] {
  const words = folded(filter.search ?? '')
    .split(/\s+/)
    .filter(Boolean)
  const fits = (one: TemplateVariant) =>
    (!filter.language || one.language === filter.language) &&
    (filter.status ? one.status === filter.status : one.status !== 'deleted') &&
    (!filter.quality || one.quality === filter.quality) &&
    (!filter.category || one.category === filter.category)
  return templates.filter(({ name, variants }) => {
    const text = folded([name, ...variants.map(one => one.content.body)].join(' '))
    return words.every(word => text.includes(word)) && variants.some(fits)
  })
}

/** Every value there is of something, to choose from. */
export function choices(
  templates: readonly Template[],
  of: (variant: TemplateVariant) => string | null,
): string[] {
  const all = templates.flatMap(({ variants }) => variants.map(of))
  return [...new Set(all.filter(one => one !== null))].toSorted()
}
