// Handing on: proposing, taking back, assigning.
import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { putInteraction } from '@/api/entities'
import type { Assignment, AssignmentTarget, Interaction, Transfer, TransferTarget } from '@/api/types'

export async function propose(
  client: QueryClient,
  id: number,
  to: TransferTarget,
  note: string,
): Promise<Transfer> {
  const body = note.trim() ? { to, note: note.trim() } : { to }
  const transfer = await api.post<Transfer>(`/interactions/${id}/transfers`, body)
  putInteraction(client, transfer.interaction)
  return transfer
}

export async function cancelTransfer(client: QueryClient, interaction: Interaction): Promise<void> {
  if (!interaction.transfer) return
  const path = `/interactions/${interaction.id}/transfers/${interaction.transfer.id}`
  putInteraction(client, await api.delete<Interaction>(path))
}

export type What = { interactions: readonly number[] } | { of_user: number }

export async function assign(client: QueryClient, what: What, to: AssignmentTarget): Promise<Assignment> {
  const assignment = await api.post<Assignment>('/assignments', { ...what, to })
  for (const one of assignment.done) putInteraction(client, one)
  return assignment
}
