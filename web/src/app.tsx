import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { createRoot } from 'react-dom/client'
import { whenSignedOut } from './api/client'
import { makeQueryClient } from './api/queries'
import { goToSignIn } from './features/signin/session'
import { locale } from './i18n'
import { makeRouter } from './router'

export function start(root: HTMLElement): void {
  const client = makeQueryClient()
  const router = makeRouter(client)
  whenSignedOut(() => goToSignIn(client, router))
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale={locale()}>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  )
}
