import { ApiProblem } from '@/api/problem'

/** The server's words about what was filled in, by slot. */
export function slotErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {}
  const prefix = 'values.'
  return Object.fromEntries(
    error.fields
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name }) => [name.slice(prefix.length), error.field(name) ?? '']),
  )
}
