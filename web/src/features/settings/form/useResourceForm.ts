// One form for everything that is administered: what is stored, what was typed on top of it, what the server said.
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Collection } from '@/api/keys'
import { ApiProblem, isProblem } from '@/api/problem'
import { m } from '@/i18n/admin'
import { toast } from '@/ui/toasts'
import { reread, type Stored, save as store } from './collection'
import { changedKeys, emptyNumbers, type KeyOf, type Misfits, pick, rebase, withoutMisfits } from './draft'

/** How a stored thing is turned into what can be typed, and back. */
export interface Resource<T extends Stored, D extends object> {
  collection: Collection
  /** What each field is called; some are called otherwise with what else is typed. */
  labels: { [K in KeyOf<D>]: (draft: D) => string }
  toDraft: (stored: T) => D
  /** The request for some of the fields: an absent one is left out. */
  toBody: (part: Partial<D>) => Record<string, unknown>
  /** What is certainly wrong, before the server is asked. */
  check?: (draft: D, isNew: boolean) => Misfits
}

/** Somebody else's changes under what is typed here. */
export interface Theirs {
  changed: string[]
  both: string[]
}

export function useResourceForm<T extends Stored, D extends object>(
  resource: Resource<T, D>,
  stored: T | null,
  blank: () => D,
) {
  const client = useQueryClient()
  const [base, setBase] = useState(stored)
  const [emptyDraft] = useState(blank)
  const [draft, setDraft] = useState<D>(() => (stored ? resource.toDraft(stored) : emptyDraft))
  const [misfits, setMisfits] = useState<Misfits>({})
  const [error, setError] = useState<unknown>(null)
  const [theirs, setTheirs] = useState<Theirs | null>(null)
  const [isPending, setPending] = useState(false)
  const isLeaving = useRef(false)

  const before = base ? resource.toDraft(base) : emptyDraft
  const changed = changedKeys(before, draft)
  const labelsOf = (keys: readonly KeyOf<D>[]) => keys.map(key => resource.labels[key](draft))

  const adopt = (fresh: T) => {
    const next = rebase(before, draft, resource.toDraft(fresh))
    setBase(fresh)
    setDraft(now => rebase(before, now, resource.toDraft(fresh)).draft)
    if (changed.length > 0 && next.theirs.length > 0) {
      setTheirs({ changed: labelsOf(next.theirs), both: labelsOf(next.both) })
    }
  }
  // While saving, the newer one may be our own.
  if (stored && base && stored.version > base.version && !isPending) adopt(stored)

  const fail = (problem: unknown) => {
    setError(problem)
    if (!(problem instanceof ApiProblem)) return
    const { fields } = problem
    setMisfits(Object.fromEntries(fields.map(({ name }) => [name, problem.field(name) ?? ''])))
  }

  /** Answers what is stored now, or undefined when it could not be. */
  const save = async (): Promise<T | undefined> => {
    if (isPending || (base && changed.length === 0)) return
    const wrong = {
      ...resource.check?.(draft, base === null),
      ...Object.fromEntries(emptyNumbers(draft).map(key => [key, m.field_required()])),
    }
    setMisfits(wrong)
    setError(null)
    if (Object.keys(wrong).length > 0) return
    setPending(true)
    try {
      const body = resource.toBody(base ? pick(draft, changed) : draft)
      const answer = await store(client, resource.collection, base, body)
      setBase(answer)
      // What was typed while it was saved stays typed.
      setDraft(now => rebase(draft, now, resource.toDraft(answer)).draft)
      setTheirs(null)
      toast(m.settings_saved(), { tone: 'success' })
      return answer
    } catch (problem) {
      const isStale = isProblem(problem, 'changed_meanwhile') || isProblem(problem, 'stale_version')
      const fresh =
        isStale && base ? await reread(client, resource.collection, base).catch(() => undefined) : undefined
      if (fresh && fresh.version !== base?.version) adopt(fresh)
      else fail(problem)
      return undefined
    } finally {
      setPending(false)
    }
  }

  const set = <K extends KeyOf<D>>(key: K, value: D[K]) => {
    setDraft(now => ({ ...now, [key]: value }))
    setMisfits(now => withoutMisfits(now, key))
  }

  return {
    draft,
    base,
    isNew: base === null,
    changes: labelsOf(changed),
    isDirty: changed.length > 0,
    isChanged: (key: KeyOf<D>) => changed.includes(key),
    misfits,
    error,
    theirs,
    isPending,
    /** True once the way out is free, whatever was typed. */
    isLeaving,
    set,
    save,
    discard: () => {
      setDraft(before)
      setMisfits({})
      setError(null)
      setTheirs(null)
    },
    /** What a field of the kit takes. */
    bind: <K extends KeyOf<D>>(key: K) => ({
      label: resource.labels[key](draft),
      value: draft[key],
      onChange: (value: D[K]) => set(key, value),
      error: misfits[key],
    }),
  }
}

export type ResourceForm<T extends Stored, D extends object> = ReturnType<typeof useResourceForm<T, D>>
