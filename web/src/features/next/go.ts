// One key to the most urgent thing. Which that is, the server decides: it knows what is not in any list here.
import { api } from '@/api/client'
import { problemWords } from '@/api/problem'
import type { NextThing } from '@/api/types'
import type { Context } from '@/commands/registry'
import { m } from '@/i18n/pages'
import { millis, timeOfDay } from '@/lib/time'
import { toast } from '@/ui/toasts'
import { anew, jumped, start, undone } from './trail'

let trail = start

export async function goToNext(context: Context): Promise<void> {
  try {
    let found = await ask()
    if (!found.interaction_id && trail.seen.length > 0) {
      trail = anew(trail)
      found = await ask()
    }
    const { interaction_id: id } = found
    if (!id) return void toast(m.next_nothing())
    trail = jumped(trail, location.pathname, id)
    context.navigate(`/interactions/${id}`)
    toast(words(found))
  } catch (error) {
    toast(problemWords(error), { tone: 'danger' })
  }
}

export function goBack(context: Context): void {
  const { trail: before, to } = undone(trail)
  trail = before
  if (to) context.navigate(to)
}

function ask(): Promise<NextThing> {
  return api.get<NextThing>('/me/next', { query: { except: trail.seen.join(',') } })
}

function words({ why, moment }: NextThing): string {
  switch (why) {
    case 'offer':
      return m.next_offer()
    case 'closing':
      return m.next_closing({ time: moment ? timeOfDay(millis(moment)) : '' })
    case 'unread':
      return m.next_unread()
    case 'unanswered':
      return m.next_unanswered()
    default:
      return m.next_waiting()
  }
}
