// What must outlive the page: drafts and what is not sent yet, in IndexedDB, by person. Where a browser keeps
// nothing (private windows), they live as long as the page does.
import { createStore, del, entries, set, type UseStore } from 'idb-keyval'

export interface Kept<T> {
  load: () => Promise<[key: string, value: T][]>
  save: (key: string, value: T) => Promise<void>
  remove: (key: string) => Promise<void>
}

export function keptIn<T>(name: 'drafts' | 'files' | 'outbox'): Kept<T> {
  let store: UseStore | undefined
  // One database for each: the library makes a database with a single store.
  const open = () => {
    store ??= createStore(`pronto-${name}`, name)
    return store
  }
  return {
    load: () => quietly(async () => await entries<string, T>(open()), []),
    save: (key, value) => quietly(() => set(key, value, open()), undefined),
    remove: key => quietly(() => del(key, open()), undefined),
  }
}

async function quietly<R>(work: () => Promise<R>, otherwise: R): Promise<R> {
  try {
    return await work()
  } catch (error) {
    console.warn('Nothing can be kept in this browser', error)
    return otherwise
  }
}
