// Which of the dialogs of templates is open: kept outside React, because commands and buttons open them.
import { useSyncExternalStore } from 'react'

export type TemplateAsk =
  | { kind: 'send'; interactionId: number }
  | { kind: 'start'; accountId?: number; phone?: string; contactId?: number }

let asked: TemplateAsk | null = null
const listeners = new Set<() => void>()

export function askTemplate(next: TemplateAsk | null): void {
  asked = next
  for (const listener of listeners) listener()
}

export function useTemplateAsk(): TemplateAsk | null {
  return useSyncExternalStore(subscribe, () => asked)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
