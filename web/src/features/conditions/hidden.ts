// What of a search is hidden from whoever looks: a view of a colleague's may ask for more than one may. Pure.
import type { Condition, Expression } from '@/api/keys'
import { type ApiProblem, isProblem } from '@/api/problem'
import { groupOf } from './draft'

/** The conditions that the server refused so, each as its place: `all[1].any[0].field` is `1.0`. */
export function hiddenIn(error: unknown): string[] {
  if (!isProblem(error)) return []
  const refused = (error as ApiProblem).fields.filter(
    ({ name, code }) => code === 'masked' && name.startsWith('expression.'),
  )
  return refused.map(({ name }) => [...name.matchAll(/\[(\d+)\]/g)].map(([, at]) => at).join('.'))
}

/** The conditions at these places. */
export function conditionsAt(expression: Expression, places: readonly string[], at = ''): Condition[] {
  const group = groupOf(expression)
  if (!group) return places.includes(at) ? [expression as Condition] : []
  return group.members.flatMap((member, index) => conditionsAt(member, places, inside(at, index)))
}

/** The search without them; groups that have nothing left go too. */
export function without(expression: Expression, places: readonly string[], at = ''): Expression | undefined {
  const group = groupOf(expression)
  if (!group) return places.includes(at) ? undefined : expression
  const members = group.members.flatMap((member, index) => without(member, places, inside(at, index)) ?? [])
  if (members.length === 0) return undefined
  return group.match === 'all' ? { all: members } : { any: members }
}

function inside(at: string, index: number): string {
  return at === '' ? String(index) : `${at}.${index}`
}
