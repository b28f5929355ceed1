import { ApiProblem, problemWords } from '@/api/problem'
import type { Attachment, Message } from '@/api/types'
import type { Picked } from './files/picked'
import { previewOf } from './files/preview'
import type { Entry } from './outbox'

/** What is on its way, as the thread shows it: a message with a negative id. */
export function bubbleOf(entry: Entry, author: { id: number; name: string }): Message {
  const isNote = entry.kind === 'note'
  const isRefused = entry.state === 'refused'
  return {
    id: -entry.number,
    interaction_id: entry.interactionId,
    version: entry.version,
    direction: isNote ? 'note' : 'out',
    kind: entry.kind === 'file' ? (entry.file?.kind ?? 'document') : entry.kind,
    text: entry.text,
    content: isNote
      ? { type: 'note', mentions: entry.mentions ?? [] }
      : { type: entry.file ? 'media' : 'text' },
    author: { kind: 'agent', ...author },
    at: entry.at,
    sent_at: null,
    client_id: entry.clientId,
    reply_to: entry.replyTo,
    reactions: [],
    attachments: entry.file ? [attachmentOf(entry.number, entry.file)] : [],
    status: isRefused ? 'failed' : 'queued',
    // No retry of the server's: it never had it. The line under the bubble offers what can be done.
    failure: isRefused
      ? {
          code: entry.problem?.code ?? '',
          title: refusal(entry),
          next: 'none',
          detail: null,
          retryable: false,
        }
      : null,
    edited_at: null,
    deleted_at: null,
    erased: false,
    forwarded: false,
    late: false,
    sentiment: null,
    has_raw: false,
  }
}

function attachmentOf(number: number, { blob, name, kind, width, height }: Picked): Attachment {
  return {
    id: -number,
    kind,
    name: kind === 'document' ? name : null,
    mime: blob.type,
    size: blob.size,
    state: 'stored',
    error: null,
    width: width ?? null,
    height: height ?? null,
    animated: false,
    url: previewOf(blob),
  }
}

/** The server's reason, in words. */
export function refusal({ problem }: Entry): string {
  const empty = { type: 'about:blank', title: '', status: 0, detail: '', fields: [] }
  return problemWords(new ApiProblem({ ...empty, code: '', params: {}, ...problem }))
}
