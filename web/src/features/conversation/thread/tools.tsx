import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { Attachment, Interaction, Message } from '@/api/types'
import { useOver } from '@/features/interactions/can'
import { useSession } from '@/features/signin/session'
import { later } from '@/ui/later'
import { ThreadContext } from './context'

const MessageMenu = later(() => import('../message/MessageMenu'))
const HistoryDialog = later(() => import('../message/HistoryDialog'))
const QuickReactions = later(() => import('../message/QuickReactions'))
const RawDialog = later(() => import('../message/RawDialog'))
const Viewer = later(() => import('../viewer/Viewer'))

type Tool =
  | { name: 'menu' | 'reactions'; message: Message; anchor: Element }
  | { name: 'raw' | 'history'; message: Message }
  | { name: 'viewer'; attachment: Attachment }

interface Props {
  interaction: Interaction
  messages: readonly Message[]
  jumpTo: (messageId: number) => void
  children: ReactNode
}

/** What opens over the thread: one of each for all messages, downloaded when first asked for. */
export function ThreadTools({ interaction, messages, jumpTo, children }: Props) {
  const { user } = useSession()
  const [tool, setTool] = useState<Tool | null>(null)
  const mayWrite = interaction.may.write
  const over = useOver(interaction.account.id)
  const maySeeRaw = user.permissions.includes('interactions.raw')
  const actions = useMemo(
    () => ({
      interactionId: interaction.id,
      myId: user.id,
      mayWrite,
      over,
      maySeeRaw,
      jumpTo,
      openViewer: (attachment: Attachment) => setTool({ name: 'viewer', attachment }),
      openMenu: (message: Message, anchor: Element) => setTool({ name: 'menu', message, anchor }),
      openReactions: (message: Message, anchor: Element) => setTool({ name: 'reactions', message, anchor }),
      showRaw: (message: Message) => setTool({ name: 'raw', message }),
      showHistory: (message: Message) => setTool({ name: 'history', message }),
    }),
    [interaction.id, user.id, mayWrite, over, maySeeRaw, jumpTo],
  )
  // Nothing of it is open when one comes back from another thread.
  useEffect(() => () => setTool(null), [])
  const opener = useRef<Element | null>(null)
  useEffect(() => {
    if (tool && 'anchor' in tool) opener.current = tool.anchor
  }, [tool])
  const close = () => {
    setTool(null)
    const article = opener.current?.closest<HTMLElement>('[data-message]')
    article?.focus({ preventScroll: true })
  }
  return (
    <ThreadContext value={actions}>
      {children}
      <Suspense>
        {tool?.name === 'menu' && (
          <MessageMenu
            message={tool.message}
            anchor={tool.anchor}
            onReact={() => setTool({ ...tool, name: 'reactions' })}
            onHistory={() => setTool({ name: 'history', message: tool.message })}
            onRaw={() => setTool({ name: 'raw', message: tool.message })}
            onClose={close}
          />
        )}
        {tool?.name === 'reactions' && (
          <QuickReactions message={tool.message} anchor={tool.anchor} onClose={close} />
        )}
        {tool?.name === 'raw' && <RawDialog message={tool.message} onClose={() => setTool(null)} />}
        {tool?.name === 'history' && <HistoryDialog message={tool.message} onClose={() => setTool(null)} />}
        {tool?.name === 'viewer' && (
          <Viewer messages={messages} first={tool.attachment} onClose={() => setTool(null)} />
        )}
      </Suspense>
    </ThreadContext>
  )
}
