import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { putPresence } from '@/api/entities'
import { keys } from '@/api/keys'
import type { Presence, PresenceState, Session } from '@/api/types'
import { now } from '@/lib/clock'

/** Shown in the same frame; the server's answer, which has the next version, replaces it. */
export async function setPresence(
  client: QueryClient,
  state: PresenceState,
  reason: string | null = null,
): Promise<void> {
  const before = client.getQueryData<Session>(keys.session)?.presence
  if (before) show(client, { ...before, state, reason, since: new Date(now()).toISOString() })
  try {
    putPresence(client, await api.put<Presence>('/presence', reason ? { state, reason } : { state }))
  } catch (error) {
    if (before) show(client, before)
    throw error
  }
}

function show(client: QueryClient, presence: Presence): void {
  client.setQueryData<Session>(keys.session, session => session && { ...session, presence })
}
