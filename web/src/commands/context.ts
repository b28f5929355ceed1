// The context is gathered from what is on screen: each feature provides its part while it is mounted.
import { useQueryClient } from '@tanstack/react-query'
import { useLocation, useRouter } from '@tanstack/react-router'
import { useCallback, useLayoutEffect } from 'react'
import { keys } from '@/api/keys'
import type { Session } from '@/api/types'
import type { Context, Scope } from './registry'

type Part = Omit<Partial<Context>, 'session' | 'client' | 'navigate' | 'scopes'>

const parts = new Set<Part>()

/** While mounted, commands see this part of the context. Memoise the object when it is costly to change. */
export function useProvide(part: Part): void {
  useLayoutEffect(() => {
    parts.add(part)
    return () => {
      parts.delete(part)
    }
  }, [part])
}

/** Reads the context at the moment it is asked: nothing renders because it changed. */
export function useContextReader(): () => Context | undefined {
  const client = useQueryClient()
  const router = useRouter()
  const { pathname } = useLocation()
  return useCallback(() => {
    const session = client.getQueryData<Session>(keys.session)
    if (!session) return undefined
    return Object.assign(
      { session, client, scopes: scopesOf(pathname), navigate: (to: string) => void router.navigate({ to }) },
      ...parts,
    ) as Context
  }, [client, router, pathname])
}

export function scopesOf(pathname: string): ReadonlySet<Scope> {
  const [first, second] = pathname.split('/').filter(Boolean)
  const scopes = new Set<Scope>(['everywhere'])
  if (!first) scopes.add('dashboard')
  if (first === 'interactions') scopes.add('interactions')
  if (first === 'interactions' && second) scopes.add('conversation')
  if (first === 'contacts' && second !== 'imports') scopes.add('contacts')
  if (first === 'settings') scopes.add('settings')
  if (first === 'ledger') scopes.add('ledger')
  return scopes
}
