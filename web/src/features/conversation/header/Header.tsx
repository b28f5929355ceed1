import { ArrowLeft, PanelRight } from 'lucide-react'
import { memo, Suspense } from 'react'
import type { Interaction } from '@/api/types'
import { CommandButton, CommandIconButton } from '@/commands/CommandButton'
import { Snoozed } from '@/features/care/Snoozed'
import { TagDots } from '@/features/care/Tag'
import { useGoToList } from '@/features/interactions/navigation'
import { RowStatus } from '@/features/interactions/RowStatus'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { Avatar } from '@/ui/Avatar'
import { IconButton } from '@/ui/IconButton'
import { later } from '@/ui/later'
import { Pill } from '@/ui/Pill'
import styles from './Header.module.css'
import { OwnerState } from './OwnerState'
import { Watching } from './Watching'
import { WindowLeft } from './WindowLeft'

const MoreMenu = later(() => import('./MoreMenu'))

interface Props {
  interaction: Interaction
  myId: number
  /** Whether what can be done is drawn yet. */
  isWhole: boolean
  isSidebarOpen: boolean
  onToggleSidebar: () => void
}

/** Who it is, who has it, how long one may write, and what can be done. */
export const Header = memo(function Header({
  interaction,
  myId,
  isWhole,
  isSidebarOpen,
  onToggleSidebar,
}: Props) {
  const goToList = useGoToList()
  const { account, state, queue } = interaction
  const name = customerName(interaction)
  const about = { openInteractionId: interaction.id }
  return (
    <header className={styles.header}>
      <IconButton className={styles.back} icon={ArrowLeft} label={m.conversation_back()} onPress={goToList} />
      <Avatar name={name} />
      <div className={styles.words}>
        <h2 className={styles.name}>{name}</h2>
        <p className={styles.facts}>
          {/* What there is no room for goes as a whole, the last first. */}
          {state === 'active' || state === 'closed' ? (
            <OwnerState interaction={interaction} myId={myId} />
          ) : (
            <RowStatus interaction={interaction} />
          )}
          {interaction.blocked && <Pill tone="danger">{m.interactions_blocked()}</Pill>}
          {interaction.snooze && <Snoozed snooze={interaction.snooze} withWords />}
          <span className={styles.account}>
            <Pill>{account.key}</Pill>
          </span>
          {interaction.disposition && <span>{interaction.disposition.path.join(' › ')}</span>}
          {queue && <span>{queue.name}</span>}
          {interaction.phone && interaction.phone !== name && (
            <span className={styles.phone}>{interaction.phone}</span>
          )}
          <span className={styles.tags}>
            <TagDots names={interaction.tags} />
          </span>
        </p>
      </div>
      <Watching interactionId={interaction.id} myId={myId} />
      {state !== 'closed' && <WindowLeft window={interaction.window} />}
      {isWhole ? (
        <>
          {/* What is possible is asked anew whenever the interaction changes. */}
          <CommandButton
            key={`take ${interaction.id}`}
            command="interactions.take"
            about={about}
            variant="primary"
            showKeys
          />
          <CommandButton
            key={`reopen ${interaction.id}`}
            command="interactions.reopen"
            about={about}
            showKeys
          />
          <CommandIconButton
            key={`close ${interaction.id}`}
            command="interactions.close"
            about={about}
            className={styles.close}
          />
          <Suspense fallback={<span className={styles.slot} />}>
            <MoreMenu key={interaction.id} interaction={interaction} />
          </Suspense>
          <SidebarButton isOn={isSidebarOpen} onPress={onToggleSidebar} />
        </>
      ) : (
        <span className={styles.slots} />
      )}
    </header>
  )
})

const SidebarButton = memo(function SidebarButton({ isOn, onPress }: { isOn: boolean; onPress: () => void }) {
  return (
    <IconButton
      icon={PanelRight}
      label={m.conversation_sidebar_toggle()}
      command="conversation.sidebar"
      isOn={isOn}
      onPress={onPress}
    />
  )
})
