// What can be sent over the account of a conversation. While it is not known everything is offered: the server decides.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { accountsQuery } from '@/api/queries'
import type { Account } from '@/api/types'
import { m } from '@/i18n/pages'
import { providerNames } from '@/lib/providers'

export type Can = Account['can']

const hour = 3_600_000

export interface Over {
  can: Can | undefined
  /** The words for what its provider cannot do; for what it can, what it is called. */
  words: (what: string, isPossible: boolean | undefined) => string
}

export function useOver(accountId: number): Over {
  // What a provider can do changes with a new version of the desk.
  const { data } = useQuery({ ...accountsQuery, staleTime: hour })
  const account = data?.find(({ id }) => id === accountId)
  return useMemo(
    () => ({
      can: account?.can,
      words: (what, isPossible) =>
        account && isPossible === false
          ? m.provider_not_over({ what, provider: providerNames[account.provider] })
          : what,
    }),
    [account],
  )
}
