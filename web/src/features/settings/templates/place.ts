// Where one is among the templates, as the URL says it. Pure.

export interface TemplatePlace {
  act: 'page' | 'new' | 'edit' | 'language' | 'copy'
  account: number
  name?: string
  language?: string
}

/** `7-order_shipped`, `new-7`, `edit-7-it-order_shipped`. */
export function itemOf(text: string): TemplatePlace | undefined {
  const [first = '', second = '', third, fourth] = text.split('-')
  if (/^\d+$/.test(first)) return second ? { act: 'page', account: Number(first), name: second } : undefined
  if (!/^\d+$/.test(second)) return undefined
  const account = Number(second)
  if (first === 'new') return { act: 'new', account }
  if (first !== 'edit' && first !== 'language' && first !== 'copy') return undefined
  return third && fourth ? { act: first, account, language: third, name: fourth } : undefined
}

export function textOf({ act, account, name, language }: TemplatePlace): string {
  if (act === 'page') return `${account}-${name}`
  return act === 'new' ? `new-${account}` : `${act}-${account}-${language}-${name}`
}
