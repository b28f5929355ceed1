// What can be read, as options for useQuery and useInfiniteQuery. The stream keeps all of it true, so nothing goes
// stale by itself; a query that no frame covers says `staleTime: 0`.
import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query'
import { snapshot } from '@/live/replay'
import { api } from './client'
import { putContact, putInteraction } from './entities'
import {
  type Collection,
  type ContactFilter,
  type InteractionFilter,
  type JourneyOf,
  type JourneyPart,
  keys,
} from './keys'
import { isProblem } from './problem'
import type {
  Account,
  Block,
  CannedAnswer,
  Choices,
  Colleague,
  Company,
  ContactCard,
  ContactField,
  ContactList,
  ContactPage,
  ContactView,
  Dashboard,
  Decision,
  Disposition,
  DispositionPlace,
  Interaction,
  InteractionDetail,
  JourneyEntry,
  MessagePage,
  Notice,
  Offer,
  Page,
  Profile,
  Queue,
  Recipients,
  SavedView,
  Scheduled,
  Session,
  Settings,
  Suggestions,
  Tag,
  Team,
  User,
  UserRef,
  Welcome,
} from './types'

export function makeQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // What the server refused, it refuses again; only a lost connection is worth another try.
        retry: (failures, error) =>
          failures < 2 && (isProblem(error, 'network') || isProblem(error, 'unavailable')),
      },
    },
  })
  // Lists hold only ids: what they name must outlive the rows that show it.
  for (const kind of [
    'interaction',
    'contact',
    'presence',
    'offers',
    'notices',
    'session',
    'watching',
    'contact-values',
  ]) {
    client.setQueryDefaults([kind], { gcTime: Number.POSITIVE_INFINITY })
  }
  return client
}

export const welcomeQuery = queryOptions({
  queryKey: keys.welcome,
  queryFn: ({ signal }) => api.get<Welcome>('/welcome', { signal }),
})

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => api.get<Session>('/session', { signal }),
})

export const dashboardQuery = queryOptions({
  queryKey: keys.dashboard,
  queryFn: ({ signal }) => snapshot(() => api.get<Dashboard>('/dashboard', { signal })),
})

export const offersQuery = queryOptions({
  queryKey: keys.offers,
  queryFn: ({ signal }) => snapshot(() => api.get<Offer[]>('/offers', { signal })),
})

export const noticesQuery = queryOptions({
  queryKey: keys.notices,
  queryFn: ({ signal }) => snapshot(() => api.get<Notice[]>('/notices', { signal })),
})

/** To whom work can be handed. Who is there changes without a frame, so it is asked again while it is on screen. */
export const recipientsQuery = queryOptions({
  queryKey: keys.recipients,
  queryFn: ({ signal }) => api.get<Recipients>('/recipients', { signal }),
  staleTime: 0,
  refetchInterval: 5_000,
})

/** What a list remembers of a page. */
export interface IdPage {
  ids: number[]
  next: string | null
  /** How many there are altogether, where the first page was told. */
  count?: number | null
}

export const interactionListQuery = (filter: InteractionFilter) =>
  infiniteQueryOptions({
    queryKey: keys.interactionList(filter),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal, client }): Promise<IdPage> => {
      const { tags, expression, ...plain } = filter
      const query = {
        ...plain,
        tags: tags?.join(','),
        expression: expression && JSON.stringify(expression),
        after: pageParam,
        limit: 50,
      }
      const page = await snapshot(() => api.get<Page<Interaction>>('/interactions', { query, signal }))
      for (const interaction of page.items) putInteraction(client, interaction)
      return { ids: page.items.map(({ id }) => id), next: page.next }
    },
    getNextPageParam: page => page.next,
    // Who has what open changes without a frame to those who have not.
    refetchInterval: JSON.stringify(filter.expression)?.includes('"field":"watching"') ? 10_000 : false,
  })

/** The row; `useQuery(interactionQuery(id))` works wherever only an id is known. */
export const interactionQuery = (id: number) =>
  queryOptions({
    queryKey: keys.interaction(id),
    queryFn: async ({ client, signal }) => {
      const { interaction } = await readDetail(client, id, signal)
      const held = client.getQueryData<Interaction>(keys.interaction(id))
      return held && held.version > interaction.version ? held : interaction
    },
  })

/** What only the open conversation needs beside the row; the row itself, the contact and the watchers are entries. */
export type ConversationDetail = Omit<InteractionDetail, 'interaction' | 'contact' | 'watching'>

export const interactionDetailQuery = (id: number) =>
  queryOptions({
    queryKey: keys.interactionDetail(id),
    queryFn: async ({ client, signal }): Promise<ConversationDetail> => {
      const { interaction, contact, watching, ...detail } = await readDetail(client, id, signal)
      putInteraction(client, interaction)
      return detail
    },
  })

async function readDetail(client: QueryClient, id: number, signal: AbortSignal): Promise<InteractionDetail> {
  const detail = await snapshot(() => api.get<InteractionDetail>(`/interactions/${id}`, { signal }))
  if (detail.contact) putContact(client, detail.contact)
  client.setQueryData<UserRef[]>(keys.watching(id), detail.watching)
  return detail
}

/** Pages run newest to oldest, the items of each oldest to newest: show `pages.toReversed().flatMap(p => p.items)`. */
export const threadQuery = (interactionId: number) =>
  infiniteQueryOptions({
    queryKey: keys.thread(interactionId),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      snapshot(() =>
        api.get<MessagePage>(`/interactions/${interactionId}/messages`, {
          query: { before: pageParam, limit: 60 },
          signal,
        }),
      ),
    getNextPageParam: page => page.next,
  })

/** All interactions with a customer, newest first. */
export const journeyQuery = (of: JourneyOf, part: JourneyPart) =>
  infiniteQueryOptions({
    queryKey: keys.journey(of, part),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const whose = 'contact' in of ? `/contacts/${of.contact}` : `/interactions/${of.interaction}`
      const query = { ...part, after: pageParam, limit: 20 }
      return api.get<Page<JourneyEntry>>(`${whose}/journey`, { query, signal })
    },
    getNextPageParam: page => page.next,
    staleTime: 0,
  })

/** Needs the permission `interactions.why`. */
export const decisionsQuery = (interactionId: number) =>
  queryOptions({
    queryKey: keys.decisions(interactionId),
    queryFn: ({ signal }) => api.get<Decision[]>(`/interactions/${interactionId}/decisions`, { signal }),
    staleTime: 0,
  })

/** The canned answers, filled for this conversation. Contacts change under them, so each look reads them again. */
export const suggestionsQuery = (interactionId: number) =>
  queryOptions({
    queryKey: keys.suggestions(interactionId),
    queryFn: ({ signal }) =>
      api.get<Suggestions>(`/interactions/${interactionId}/canned_answers`, { signal }),
    staleTime: 0,
  })

/** Whom a note can mention. */
export const colleaguesQuery = (interactionId: number) =>
  queryOptions({
    queryKey: keys.colleagues(interactionId),
    queryFn: ({ signal }) => api.get<Colleague[]>(`/interactions/${interactionId}/colleagues`, { signal }),
    staleTime: 0,
  })

/** What goes out later, and what could not; a frame says when it must be read again. */
export const scheduledQuery = (interactionId: number) =>
  queryOptions({
    queryKey: keys.scheduled(interactionId),
    queryFn: ({ signal }) => api.get<Scheduled[]>(`/interactions/${interactionId}/scheduled`, { signal }),
    staleTime: 0,
  })

/** What these may end with; asked anew each time, for it depends on where each stands. */
export const choicesQuery = (ids: readonly number[]) =>
  queryOptions({
    queryKey: keys.choices(ids),
    queryFn: ({ signal }) =>
      api.get<Choices>('/interactions/dispositions', { query: { ids: ids.join(',') }, signal }),
    staleTime: 0,
    gcTime: 0,
  })

/** What dispositions may be for. Needs the permission `dispositions.edit`. */
export const placesQuery = queryOptions({
  queryKey: keys.places,
  queryFn: ({ signal }) => api.get<DispositionPlace[]>('/disposition-places', { signal }),
  staleTime: 0,
})

/** Needs the permission `blocks.review`. */
export const blocksQuery = (state: string) =>
  infiniteQueryOptions({
    queryKey: keys.blockList(state),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Block>>('/blocks', { query: { state, after: pageParam, limit: 50 }, signal }),
    getNextPageParam: page => page.next,
  })

export const contactQuery = (id: number) =>
  queryOptions({
    queryKey: keys.contact(id),
    queryFn: ({ signal }) => snapshot(() => api.get<ContactCard>(`/contacts/${id}`, { signal })),
  })

/** As the API has it: also for the file of all of them. */
export function contactQueryOf({ tags, expression, ...plain }: ContactFilter) {
  return { ...plain, tags: tags?.join(','), expression: expression && JSON.stringify(expression) }
}

export const contactPagesQuery = (filter: ContactFilter) =>
  infiniteQueryOptions({
    queryKey: keys.contactPage(filter),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal, client }): Promise<IdPage> => {
      const query = { ...contactQueryOf(filter), after: pageParam, limit: 100 }
      const page = await snapshot(() => api.get<ContactPage>('/contacts', { query, signal }))
      for (const contact of page.items) putContact(client, contact)
      return { ids: page.items.map(({ id }) => id), next: page.next, count: page.count }
    },
    getNextPageParam: page => page.next,
    // Whom one has worked on, and what a search would find now, no frame tells.
    staleTime: filter.mine || filter.search || filter.expression ? 0 : Number.POSITIVE_INFINITY,
  })

/** Those whose name has what is typed; the first twenty. */
export const companySearchQuery = (text: string) =>
  queryOptions({
    queryKey: keys.companySearch(text),
    queryFn: ({ signal }) => api.get<Company[]>('/companies', { query: { search: text }, signal }),
    staleTime: 60_000,
  })

export const contactListsQuery = collectionQuery<ContactList[]>('contact_lists')
export const contactFieldsQuery = collectionQuery<ContactField[]>('contact_fields')
export const cannedAnswersQuery = collectionQuery<CannedAnswer[]>('canned_answers')
export const accountsQuery = collectionQuery<Account[]>('accounts')
export const queuesQuery = collectionQuery<Queue[]>('queues')
export const usersQuery = collectionQuery<User[]>('users')
export const teamsQuery = collectionQuery<Team[]>('teams')
export const profilesQuery = collectionQuery<Profile[]>('profiles')
export const dispositionsQuery = collectionQuery<Disposition[]>('dispositions')
export const savedViewsQuery = collectionQuery<SavedView[]>('saved_views')
export const contactViewsQuery = collectionQuery<ContactView[]>('contact_views')
export const tagsQuery = collectionQuery<Tag[]>('tags')
export const settingsQuery = collectionQuery<Settings>('settings')

function collectionQuery<T>(name: Collection) {
  return queryOptions({
    queryKey: keys.collection(name),
    queryFn: ({ signal }) => api.get<T>(`/${name}`, { signal }),
  })
}
