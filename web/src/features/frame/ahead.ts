// What an agent opens sooner or later, downloaded while the page has nothing else to do: it is then there in the same
// frame, and without a connection too.
const parts: readonly (() => Promise<unknown>)[] = [
  () => import('@/features/conversation/ConversationPage'),
  () => import('@/features/interactions/NothingOpen'),
  () => import('@/features/interactions/RowMenu'),
  () => import('@/features/palette/Palette'),
  () => import('@/features/conversation/message/MessageMenu'),
  () => import('@/features/composer/suggest/Suggest'),
  () => import('@/features/care/EndDialog'),
  () => import('@/features/composer/EmojiPicker'),
  () => import('@/features/care/SnoozeDialog'),
  () => import('@/features/care/TagDialog'),
  () => import('@/features/composer/files/FileChip'),
  () => import('@/features/transfer/HandOnDialog'),
  () => import('@/features/templates/SendDialog'),
  () => import('@/features/conversation/viewer/Viewer'),
  () => import('@/features/tabs/TabMenu'),
  () => import('@/features/palette/Sheet'),
  () => import('@/features/dashboard/DashboardPage'),
]

/** Answers how to stop. */
export function fetchAhead(): () => void {
  let isOver = false
  const go = async () => {
    for (const part of parts) {
      await idle()
      if (isOver) return
      try {
        await part()
      } catch {
        // There is no connection: when it is opened, that is said.
        return
      }
    }
  }
  const timer = setTimeout(() => void go(), 2_000)
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}

function idle(): Promise<void> {
  return new Promise(resolve => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve())
    else setTimeout(resolve, 100)
  })
}
