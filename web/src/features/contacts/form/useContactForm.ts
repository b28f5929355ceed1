// What is typed of a contact, on top of what is stored; what the server said of it; and who saved in between.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import { contactFieldsQuery } from '@/api/queries'
import type { Contact, ContactField } from '@/api/types'
import { changedKeys, type Misfits, pick, rebase } from '@/features/settings/form/draft'
import { m } from '@/i18n/pages'
import { toast } from '@/ui/toasts'
import { change, create, put } from '../actions'
import { bodyOf, type Draft, type DraftKey, draftOf, labelOf, misfitsOf, newBody } from './draft'
import { forget, keep, keptOf } from './kept'

/** Somebody else saved first. */
export interface Meanwhile {
  /** Who, where the server knows. */
  by: string | null
  /** What they changed. */
  theirs: readonly DraftKey[]
  /** What both changed, each to something else. */
  both: readonly DraftKey[]
  /** As they left it, and as it was typed here. */
  stored: Draft
  typed: Draft
}

const none: readonly ContactField[] = []

interface Options {
  contact: Contact | null
  blank: Draft
  /** Saves a new one, where that is more than to add it. */
  add?: (body: ReturnType<typeof newBody>) => Promise<Contact>
  onSaved: (contact: Contact) => void
  /** Where what is typed stays while the form is not on the page. */
  place?: string
}

export function useContactForm({ contact, blank, add, onSaved, place }: Options) {
  const client = useQueryClient()
  const own = useQuery(contactFieldsQuery).data ?? none
  const [kept] = useState(() => {
    const found = place === undefined ? undefined : keptOf(place)
    // The conversation may have been linked to somebody else meanwhile.
    return found?.base?.id === contact?.id ? found : undefined
  })
  const [base, setBase] = useState(kept ? kept.base : contact)
  const [typed, setTyped] = useState<Partial<Draft>>(kept?.typed ?? {})
  const [misfits, setMisfits] = useState<Misfits>({})
  const [error, setError] = useState<unknown>(null)
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null)
  const [isPending, setPending] = useState(false)
  const isLeaving = useRef(false)

  const before = base ? draftOf(base, own) : blank
  const draft: Draft = { ...before, ...(typed as Draft) }
  const changed = changedKeys(before, draft)
  const isDirty = changed.length > 0
  const twins = isProblem(error, 'duplicate') ? error : null
  // Nothing is typed yet: it is simply shown as it is now.
  if (contact && base && contact.version > base.version && !isDirty && !isPending) setBase(contact)

  useEffect(() => {
    if (place === undefined) return
    if (isDirty) keep(place, { base, typed })
    else forget(place)
  }, [place, isDirty, base, typed])

  const fail = (problem: unknown) => {
    setError(problem)
    if (!isProblem(problem)) return
    setMisfits(
      Object.fromEntries(problem.fields.map(({ name }) => [partOf(name), problem.field(name) ?? ''])),
    )
  }
  /** What is stored by now is shown beside what was typed; answers whether it says anything else than before. */
  const adopt = (current: Contact, by: string | null): boolean => {
    const stored = draftOf(current, own)
    const next = rebase(before, draft, stored)
    put(client, current)
    setBase(current)
    setTyped(pick(draft, changed))
    if (next.theirs.length === 0) return false
    setMeanwhile({ by, theirs: next.theirs, both: next.both, stored, typed: draft })
    return true
  }
  const send = async (on: Contact | null, list: number): Promise<Contact> => {
    if (on) return change(client, on.id, { ...bodyOf(draft, changed, own), version: on.version })
    const body = newBody(draft, list, own, twins !== null)
    return add ? put(client, await add(body)) : create(client, body)
  }
  const save = async (on = base) => {
    if ((isPending && on === base) || (on && !isDirty)) return
    const checked = on
      ? changed
      : [...new Set<DraftKey>(['first_name', ...requiredOf(draft, own), ...changed])]
    const wrong = misfitsOf(draft, own, checked)
    setMisfits(wrong)
    setError(null)
    if (Object.keys(wrong).length > 0) return
    if (draft.list_id === null) return setMisfits({ list_id: m.contacts_needs_list() })
    setPending(true)
    try {
      const saved = await send(on, draft.list_id)
      void client.invalidateQueries({ queryKey: keys.companySearch('').slice(0, 2) })
      setBase(saved)
      setTyped({})
      setMeanwhile(null)
      isLeaving.current = true
      if (place !== undefined) forget(place)
      toast(on ? m.contacts_saved() : m.contacts_added(), { tone: 'success' })
      onSaved(saved)
    } catch (problem) {
      const { current, by } = isProblem(problem, 'changed_meanwhile')
        ? (problem.params as { current?: Contact; by?: { name: string } | null })
        : {}
      if (!current) fail(problem)
      // A note, say, came in between: nothing of it stands in the form.
      else if (!adopt(current, by?.name ?? null) && current.version !== on?.version) await save(current)
    } finally {
      setPending(false)
    }
  }
  return {
    own,
    base,
    draft,
    changed,
    changes: changed.map(key => labelOf(key, own)),
    isDirty,
    isNew: base === null,
    misfits,
    error: twins ? null : error,
    /** Who is there already: saving once more adds it all the same. */
    twins,
    meanwhile,
    /** Somebody else has saved since, and it is not known what until one saves. */
    isOutdated:
      contact !== null &&
      base !== null &&
      contact.version > base.version &&
      !isPending &&
      changedKeys(before, draftOf(contact, own)).length > 0,
    isPending,
    isLeaving,
    isKept: place !== undefined,
    isMasked: (key: DraftKey) => base?.masked.includes(key) ?? false,
    set: <K extends DraftKey>(key: K, value: Draft[K]) => {
      setTyped(now => ({ ...now, [key]: value }))
      setMisfits(({ [key]: _, ...rest }) => rest)
      if (twins) setError(null)
    },
    /** One part, as another version has it. */
    take: (key: DraftKey, from: Draft) => setTyped(now => ({ ...now, ...pick(from, [key]) })),
    save: () => save(),
    discard: () => {
      if (place !== undefined) forget(place)
      setTyped({})
      setMisfits({})
      setError(null)
      setMeanwhile(null)
    },
  }
}

export type ContactForm = ReturnType<typeof useContactForm>

/** `numbers[1].number` stands at the numbers, a custom field for itself. */
function partOf(name: string): string {
  return name.startsWith('fields.') ? name : (name.split(/[.[]/, 1)[0] ?? name)
}

function requiredOf({ list_id }: Draft, own: readonly ContactField[]): DraftKey[] {
  const here = own.filter(one => !one.archived && (one.list_id === null || one.list_id === list_id))
  return here.filter(({ required }) => required).map(({ key }): DraftKey => `fields.${key}`)
}
