// All routes in one place. Pages are downloaded when they are gone to; the interactions, where an agent lives, are
// fetched ahead as soon as the frame stands.
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import { forbidden, isProblem } from './api/problem'
import { sessionQuery, threadQuery } from './api/queries'
import type { Permission } from './api/types'
import { type ContactSearch, contactSearchNames, parseContactSearch } from './features/contacts/list/search'
import { NotFound, RouteError, RoutePending } from './features/frame/RouteStates'
import { type InteractionSearch, parseInteractionSearch, searchNames } from './features/interactions/search'
import { type LedgerSearch, parseLedgerSearch } from './features/ledger/search'
import {
  type ItemSearch,
  parseItemSearch,
  parseSectionSearch,
  type SectionSearch,
} from './features/settings/search'
import { downloaded } from './lib/downloaded'

interface RouterContext {
  client: QueryClient
}

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFound,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/signin',
  validateSearch: (search: Record<string, unknown>): { return?: string } =>
    typeof search.return === 'string' && isOwnPath(search.return) ? { return: search.return } : {},
  component: lazyRouteComponent(() => downloaded(import('./features/signin/SignInPage'))),
})

/** Everything behind the sign-in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: async ({ context, location }) => {
    try {
      const session = await context.client.ensureQueryData(sessionQuery)
      if (session.user.must_change_password && location.pathname !== '/password') {
        throw redirect({ to: '/password' })
      }
    } catch (error) {
      if (!isProblem(error) || error.status !== 401) throw error
      throw redirect({ to: '/signin', search: location.href === '/' ? {} : { return: location.href } })
    }
  },
})

const password = createRoute({
  getParentRoute: () => signedIn,
  path: '/password',
  component: lazyRouteComponent(() => downloaded(import('./features/signin/PasswordPage'))),
})

const frame = createRoute({
  getParentRoute: () => signedIn,
  id: 'frame',
  component: lazyRouteComponent(() => downloaded(import('./features/frame/Frame')), 'Frame'),
})

const dashboard = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: lazyRouteComponent(() => downloaded(import('./features/dashboard/DashboardPage'))),
})

const interactions = createRoute({
  getParentRoute: () => frame,
  path: '/interactions',
  validateSearch: (search: Record<string, unknown>): InteractionSearch => parseInteractionSearch(search),
  // Going from one interaction to another keeps the list as it was filtered.
  search: { middlewares: [retainSearchParams([...searchNames])] },
  component: lazyRouteComponent(() => downloaded(import('./features/interactions/InteractionsPage'))),
})

const nothingOpen = createRoute({
  getParentRoute: () => interactions,
  path: '/',
  component: lazyRouteComponent(() => downloaded(import('./features/interactions/NothingOpen'))),
})

const conversation = createRoute({
  getParentRoute: () => interactions,
  path: '$interactionId',
  params: {
    parse: ({ interactionId }) => ({ interactionId: Number(interactionId) }),
    stringify: ({ interactionId }) => ({ interactionId: String(interactionId) }),
  },
  // Asked for as one goes there, not once the page stands; nothing waits for it, and what is held is not read again.
  loader: ({ context, params }) =>
    void context.client.prefetchInfiniteQuery(threadQuery(params.interactionId)),
  component: lazyRouteComponent(() => downloaded(import('./features/conversation/ConversationPage'))),
})

const contacts = createRoute({
  getParentRoute: () => frame,
  path: '/contacts',
  validateSearch: (search: Record<string, unknown>): ContactSearch => parseContactSearch(search),
  // Going to a card and back keeps the list as it was filtered.
  search: { middlewares: [retainSearchParams([...contactSearchNames])] },
  component: lazyRouteComponent(() => downloaded(import('./features/contacts/list/ContactsPage'))),
})

const contact = createRoute({
  getParentRoute: () => contacts,
  path: '$contactId',
  params: {
    parse: ({ contactId }) => ({ contactId: Number(contactId) }),
    stringify: ({ contactId }) => ({ contactId: String(contactId) }),
  },
  component: lazyRouteComponent(() => downloaded(import('./features/contacts/card/CardPage'))),
})

const newContact = createRoute({
  getParentRoute: () => contacts,
  path: 'new',
  component: lazyRouteComponent(() => downloaded(import('./features/contacts/form/NewPage'))),
})

const editContact = createRoute({
  getParentRoute: () => contacts,
  path: '$contactId/edit',
  params: {
    parse: ({ contactId }) => ({ contactId: Number(contactId) }),
    stringify: ({ contactId }) => ({ contactId: String(contactId) }),
  },
  component: lazyRouteComponent(() => downloaded(import('./features/contacts/form/EditPage'))),
})

const contactMerge = createRoute({
  getParentRoute: () => frame,
  path: '/contacts/$contactId/merge/$otherId',
  params: {
    parse: ({ contactId, otherId }) => ({ contactId: Number(contactId), otherId: Number(otherId) }),
    stringify: ({ contactId, otherId }) => ({ contactId: String(contactId), otherId: String(otherId) }),
  },
  component: lazyRouteComponent(() => downloaded(import('./features/contacts/merge/MergePage'))),
})

const contactDuplicates = createRoute({
  getParentRoute: () => frame,
  path: '/contacts/duplicates',
  component: lazyRouteComponent(() => downloaded(import('./features/contacts/duplicates/DuplicatesPage'))),
})

const contactCompanies = createRoute({
  getParentRoute: () => frame,
  path: '/contacts/companies',
  component: lazyRouteComponent(() => downloaded(import('./features/contacts/companies/CompaniesPage'))),
})

const contactImports = createRoute({
  getParentRoute: () => frame,
  path: '/contacts/imports',
  component: lazyRouteComponent(() => downloaded(import('./features/contacts/import/ImportsPage'))),
})

const contactImport = createRoute({
  getParentRoute: () => frame,
  path: '/contacts/imports/$importId',
  params: {
    parse: ({ importId }) => ({ importId: Number(importId) }),
    stringify: ({ importId }) => ({ importId: String(importId) }),
  },
  component: lazyRouteComponent(() => downloaded(import('./features/contacts/import/ImportPage'))),
})

const ledger = createRoute({
  getParentRoute: () => frame,
  path: '/ledger',
  validateSearch: (search: Record<string, unknown>): LedgerSearch => parseLedgerSearch(search),
  beforeLoad: ({ context }) => needAny(context.client, ['ledger.view']),
  component: lazyRouteComponent(() => downloaded(import('./features/ledger/LedgerPage'))),
})

const delivery = createRoute({
  getParentRoute: () => ledger,
  path: '$deliveryId',
  params: {
    parse: ({ deliveryId }) => ({ deliveryId: Number(deliveryId) }),
    stringify: ({ deliveryId }) => ({ deliveryId: String(deliveryId) }),
  },
  component: lazyRouteComponent(() => downloaded(import('./features/ledger/DeliveryPage'))),
})

const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: lazyRouteComponent(() => downloaded(import('./features/settings/SettingsPage'))),
})

const settingsSection = createRoute({
  getParentRoute: () => settings,
  path: '$section',
  validateSearch: (search: Record<string, unknown>): SectionSearch => parseSectionSearch(search),
  component: lazyRouteComponent(() => downloaded(import('./features/settings/SettingsSection'))),
})

const settingsItem = createRoute({
  getParentRoute: () => settings,
  path: '$section/$item',
  validateSearch: (search: Record<string, unknown>): ItemSearch => parseItemSearch(search),
  component: lazyRouteComponent(() => downloaded(import('./features/settings/SettingsItem'))),
})

/** Whoever may none of it is told so, and downloads none of it. */
async function needAny(client: QueryClient, permissions: readonly Permission[]): Promise<void> {
  const { user } = await client.ensureQueryData(sessionQuery)
  if (!permissions.some(one => user.permissions.includes(one))) throw forbidden()
}

const routeTree = root.addChildren([
  signIn,
  signedIn.addChildren([
    password,
    frame.addChildren([
      dashboard,
      interactions.addChildren([nothingOpen, conversation]),
      contactMerge,
      contactDuplicates,
      contactCompanies,
      contactImports,
      contactImport,
      contacts.addChildren([newContact, editContact, contact]),
      ledger.addChildren([delivery]),
      settings.addChildren([settingsSection, settingsItem]),
    ]),
  ]),
])

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    defaultPendingComponent: RoutePending,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFound,
  })
}

/** Only a path of this desk: never a way to send somebody elsewhere after signing in. */
export function isOwnPath(path: string): boolean {
  return path.startsWith('/') && !path.startsWith('//') && !path.startsWith('/\\')
}

export type DeskRouter = ReturnType<typeof makeRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: DeskRouter
  }
}
