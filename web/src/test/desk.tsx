// What stands around a component on every screen: the cache, the router, the keys.
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { useShortcuts } from '@/commands/useShortcuts'
import type { DeskRouter } from '@/router'

/** Shows it as if it stood on every page; answers where one is. */
export async function showInDesk(client: QueryClient, children: ReactNode, at = '/'): Promise<() => string> {
  const root = createRootRoute({ component: () => <Around>{children}</Around> })
  const anywhere = createRoute({ getParentRoute: () => root, path: '$', component: () => null })
  const home = createRoute({ getParentRoute: () => root, path: '/', component: () => null })
  const history = createMemoryHistory({ initialEntries: [at] })
  const router = createRouter({ routeTree: root.addChildren([home, anywhere]), history })
  await router.load()
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as unknown as DeskRouter} />
    </QueryClientProvider>,
  )
  return () => history.location.pathname
}

function Around({ children }: { children: ReactNode }) {
  useShortcuts()
  return children
}
