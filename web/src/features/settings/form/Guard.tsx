import { useBlocker } from '@tanstack/react-router'
import type { RefObject } from 'react'
import { m } from '@/i18n/admin'
import { ConfirmDialog } from '@/ui'

interface Props {
  isDirty: boolean
  /** It stays when one goes elsewhere in the desk. */
  isKept?: boolean
  isLeaving: RefObject<boolean>
  changes: readonly string[]
}

/** Asks before what was typed is lost, here and when the browser's tab is closed. */
export function Guard({ isDirty, isKept = false, isLeaving, changes }: Props) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty &&
      !isKept &&
      !isLeaving.current &&
      current.pathname !== next.pathname &&
      // Signed out: nothing can be saved any more.
      next.pathname !== '/signin',
    enableBeforeUnload: () => isDirty && !isLeaving.current,
    withResolver: true,
  })
  return (
    <ConfirmDialog
      title={m.settings_leave_title()}
      confirm={m.settings_leave()}
      cancel={m.settings_stay()}
      isDanger
      isOpen={blocker.status === 'blocked'}
      onOpenChange={isOpen => {
        if (!isOpen) blocker.reset?.()
      }}
      onConfirm={async () => blocker.proceed?.()}
    >
      {m.settings_leave_lost({ fields: changes.join(', ') })}
    </ConfirmDialog>
  )
}
