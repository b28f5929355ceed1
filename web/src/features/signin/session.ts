// Signing in and out. The session is a query like any other; a 401 anywhere ends it.
import { type QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { sessionQuery } from '@/api/queries'
import type { Me, Permission, Session } from '@/api/types'
import { rememberLocale } from '@/i18n'
import { applyTheme } from '@/lib/theme'
import type { DeskRouter } from '@/router'

/** Only behind the sign-in, where the route has seen to it that it is there. */
export function useSession(): Session {
  return useSuspenseQuery(queryOptions(sessionQuery)).data
}

export function useMay(permission: Permission): boolean {
  return useSession().user.permissions.includes(permission)
}

export async function signIn(client: QueryClient, login: string, password: string): Promise<Session> {
  const session = await api.post<Session>('/session', { login, password })
  client.setQueryData(keys.session, session)
  return session
}

/** What becomes of the interactions one has open: they stay, are offered to others, or go to a colleague. */
export type OpenWork = 'keep' | 'return' | 'hand_over'

export async function signOut(
  client: QueryClient,
  router: DeskRouter,
  open?: OpenWork,
  to?: number,
): Promise<void> {
  await api.delete('/session', { query: { open, to } })
  const userId = client.getQueryData<Session>(keys.session)?.user.id
  const { drafts } = await import('@/features/composer/drafts')
  if (userId) await drafts.forget(userId)
  await leave(client, router, {})
}

/** The session is over: to the sign-in, and back here afterwards. */
export function goToSignIn(client: QueryClient, router: DeskRouter): void {
  const { href, pathname } = router.state.location
  if (pathname === '/signin') return
  void leave(client, router, href === '/' ? {} : { return: href })
}

let isLeaving = false

/** First away from the screens that read the session, then forget everything of the person's. */
async function leave(client: QueryClient, router: DeskRouter, search: { return?: string }): Promise<void> {
  if (isLeaving) return
  isLeaving = true
  try {
    await router.navigate({ to: '/signin', search })
    client.removeQueries({ predicate: query => query.queryKey[0] !== keys.welcome[0] })
  } finally {
    isLeaving = false
  }
}

/** Changes one's own theme, language or name. */
export async function changeMe(
  client: QueryClient,
  change: Partial<Pick<Me, 'locale' | 'theme' | 'name' | 'alias'>>,
): Promise<void> {
  const user = await api.patch<Me>('/me', change)
  client.setQueryData<Session>(keys.session, session => session && { ...session, user })
  followMe(user)
}

/** What the person chose elsewhere holds here too. */
export function followMe(user: Me): void {
  applyTheme(user.theme)
  // Everything on screen is in words: a new language starts the page anew, in the same place.
  if (user.locale !== null && rememberLocale(user.locale)) location.reload()
}
