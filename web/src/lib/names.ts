/** Of somebody who has one of the two at least; else their number. */
export function fullName(one: { first_name: string; last_name: string | null; id: number }): string {
  return [one.first_name, one.last_name].filter(Boolean).join(' ') || `#${one.id}`
}
