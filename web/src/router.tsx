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
} from '@tanstack/react-router'
import { isProblem } from './api/problem'
import { sessionQuery } from './api/queries'
import { NotFound, RouteError, RoutePending } from './features/frame/RouteStates'
import { type InteractionSearch, parseInteractionSearch } from './features/interactions/search'

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
  component: lazyRouteComponent(() => import('./features/signin/SignInPage')),
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
  component: lazyRouteComponent(() => import('./features/signin/PasswordPage')),
})

const frame = createRoute({
  getParentRoute: () => signedIn,
  id: 'frame',
  component: lazyRouteComponent(() => import('./features/frame/Frame'), 'Frame'),
})

const dashboard = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: lazyRouteComponent(() => import('./features/dashboard/DashboardPage')),
})

const interactions = createRoute({
  getParentRoute: () => frame,
  path: '/interactions',
  validateSearch: (search: Record<string, unknown>): InteractionSearch => parseInteractionSearch(search),
  component: lazyRouteComponent(() => import('./features/interactions/InteractionsPage')),
})

const conversation = createRoute({
  getParentRoute: () => interactions,
  path: '$interactionId',
  params: {
    parse: ({ interactionId }) => ({ interactionId: Number(interactionId) }),
    stringify: ({ interactionId }) => ({ interactionId: String(interactionId) }),
  },
  component: lazyRouteComponent(() => import('./features/conversation/ConversationPage')),
})

const ledger = createRoute({
  getParentRoute: () => frame,
  path: '/ledger',
  component: lazyRouteComponent(() => import('./features/ledger/LedgerPage')),
})

const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: lazyRouteComponent(() => import('./features/settings/SettingsPage')),
})

const settingsSection = createRoute({
  getParentRoute: () => settings,
  path: '$section',
  component: lazyRouteComponent(() => import('./features/settings/SettingsSection')),
})

const routeTree = root.addChildren([
  signIn,
  signedIn.addChildren([
    password,
    frame.addChildren([
      dashboard,
      interactions.addChildren([conversation]),
      ledger,
      settings.addChildren([settingsSection]),
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
