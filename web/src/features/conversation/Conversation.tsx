import { memo, useMemo } from 'react'
import type { Interaction } from '@/api/types'
import { useProvide } from '@/commands/context'
import { Composer } from '@/features/composer/Composer'
import { customerName } from '@/features/interactions/words'
import { Sidebar } from '@/features/sidebar/Sidebar'
import { PendingTransfer } from '@/features/transfer/PendingTransfer'
import { m } from '@/i18n/pages'
import { useMedia } from '@/lib/useMedia'
import { cx } from '@/ui/cx'
import { Place } from '@/ui/Places'
import styles from './Conversation.module.css'
import { Header } from './header/Header'
import { Typing } from './header/Typing'
import { useSidebar } from './sidebarState'
import { Threads } from './thread/Threads'
import { useStages } from './useStages'

interface Props {
  interaction: Interaction
  myId: number
}

/** It stays while one goes from one to another: only what is said in it changes. */
export const Conversation = memo(function Conversation({ interaction, myId }: Props) {
  const { id } = interaction
  const name = customerName(interaction)
  const sidebar = useSidebar(id)
  const { toggle } = sidebar
  const { settled, settle } = useStages(id)
  const isAlone = useMedia('(max-width: 799px)')
  const isWhole = settled !== null
  useProvide(useMemo(() => ({ toggleSidebar: toggle }), [toggle]))
  return (
    <div className={cx(styles.conversation, sidebar.isOpen && styles.open)}>
      <title>{`${name} · Pronto`}</title>
      <section className={styles.main} aria-label={m.conversation_with({ name })}>
        <Header
          interaction={interaction}
          myId={myId}
          isWhole={isWhole}
          isSidebarOpen={sidebar.isOpen}
          onToggleSidebar={toggle}
        />
        {isAlone && !sidebar.isOpen && <Place name="thread" />}
        <PendingTransfer key={id} interaction={interaction} />
        <div className={styles.thread}>
          <Threads id={id} isSettled={settled === id} onShown={settle} />
          <Typing key={id} interactionId={id} myId={myId} />
        </div>
        <Composer interactionId={id} settled={settled} />
      </section>
      {sidebar.isOpen && (
        <>
          {/* Over the thread on a narrow screen; a click beside it puts it away, as the button in the header does. */}
          <div className={styles.beside} onClick={toggle} aria-hidden="true" />
          <aside
            className={cx(styles.sidebar, settled !== id && styles.pending)}
            aria-label={m.conversation_sidebar()}
          >
            {settled !== null && <Sidebar interactionId={settled} />}
          </aside>
        </>
      )}
    </div>
  )
})
