import { url } from '@/api/client'
import type { ContactFilter } from '@/api/keys'
import { ApiProblem, networkProblem, problemWords } from '@/api/problem'
import { contactQueryOf } from '@/api/queries'
import { saveBlob } from '@/features/record/download'
import { m } from '@/i18n/pages'
import { dismissToast, toast } from '@/ui/toasts'

/** What is found, or what is picked, as a file; says how it goes, and why not. */
export async function exportContacts(
  format: 'csv' | 'xlsx',
  filter: ContactFilter,
  ids?: readonly number[],
): Promise<void> {
  const going = toast(m.contacts_export_going())
  try {
    const query = ids ? { ids: ids.join(','), deleted: filter.deleted } : contactQueryOf(filter)
    const answer = await fetch(url(`/contacts/exports/${format}`, query), {
      credentials: 'same-origin',
    }).catch((cause: unknown) => Promise.reject(networkProblem(cause)))
    if (!answer.ok) throw await ApiProblem.from(answer)
    const file = await answer.blob().catch((cause: unknown) => Promise.reject(networkProblem(cause)))
    saveBlob(file, nameOf(answer) ?? `contacts.${format}`)
    toast(m.contacts_export_done(), { tone: 'success' })
  } catch (error) {
    toast(problemWords(error), { tone: 'danger' })
  } finally {
    dismissToast(going)
  }
}

/** As the server calls it. */
function nameOf(answer: Response): string | undefined {
  return /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
}
