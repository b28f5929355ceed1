import { useDeferredValue, useMemo } from 'react'
import type { Interaction } from '@/api/types'
import { useProvide } from '@/commands/context'
import { Composer } from '@/features/composer/Composer'
import { customerName } from '@/features/interactions/words'
import { Sidebar } from '@/features/sidebar/Sidebar'
import { PendingTransfer } from '@/features/transfer/PendingTransfer'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import styles from './Conversation.module.css'
import { Header } from './header/Header'
import { Typing } from './header/Typing'
import { useSidebar } from './sidebarState'
import { Thread } from './thread/Thread'

interface Props {
  interaction: Interaction
  myId: number
}

export function Conversation({ interaction, myId }: Props) {
  const { id } = interaction
  const name = customerName(interaction)
  const sidebar = useSidebar()
  const { toggle } = sidebar
  // What was written is there first; who wrote it follows in the next frame.
  const isThere = useDeferredValue(true, false)
  useProvide(useMemo(() => ({ toggleSidebar: toggle }), [toggle]))
  return (
    <div className={cx(styles.conversation, sidebar.isOpen && styles.open)}>
      <title>{`${name} · Pronto`}</title>
      <section className={styles.main} aria-label={m.conversation_with({ name })}>
        <Header
          interaction={interaction}
          myId={myId}
          isSidebarOpen={sidebar.isOpen}
          onToggleSidebar={toggle}
        />
        <PendingTransfer interaction={interaction} />
        <div className={styles.thread}>
          <Thread interaction={interaction} />
          <Typing interactionId={id} myId={myId} />
        </div>
        <Composer interactionId={id} />
      </section>
      {sidebar.isOpen && (
        <>
          {/* Over the thread on a narrow screen; a click beside it puts it away, as the button in the header does. */}
          <div className={styles.beside} onClick={toggle} aria-hidden="true" />
          <aside className={styles.sidebar} aria-label={m.conversation_sidebar()}>
            {isThere && <Sidebar interactionId={id} />}
          </aside>
        </>
      )}
    </div>
  )
}
