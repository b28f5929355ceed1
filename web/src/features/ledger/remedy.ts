// From a reason in the server's English to what an administrator can do about it. Pure.
export type Remedy =
  | { kind: 'unknown_number'; phoneNumberId: string | null }
  | { kind: 'malformed' }
  | { kind: 'ours' }
  | { kind: 'none' }

export function remedyFor(state: string, reason: string | null): Remedy {
  if (state !== 'failed') return { kind: 'none' }
  if (reason && /unknown number/i.test(reason)) {
    return { kind: 'unknown_number', phoneNumberId: /phone number id (\d+)/i.exec(reason)?.[1] ?? null }
  }
  if (reason && /\b(json|malformed|expected|missing field|invalid type|eof)\b/i.test(reason))
    return { kind: 'malformed' }
  return { kind: 'ours' }
}
