import { Smile } from 'lucide-react'
import { Suspense } from 'react'
import { m } from '@/i18n/pages'
import { IconButton } from '@/ui/IconButton'
import { later } from '@/ui/later'
import { Popover } from '@/ui/Popover'
import { Spinner } from '@/ui/Spinner'
import styles from './Composer.module.css'
import type { ComposerState } from './useComposer'

interface Props {
  composer: Pick<ComposerState, 'canWrite' | 'isEmojiOpen' | 'setEmojiOpen' | 'insert'>
}

const EmojiPicker = later(() => import('./EmojiPicker'))

export function EmojiButton({ composer }: Props) {
  const { canWrite, isEmojiOpen, setEmojiOpen } = composer
  return (
    <Popover
      label={m.composer_emoji()}
      placement="top start"
      isOpen={isEmojiOpen && canWrite}
      onOpenChange={setEmojiOpen}
      trigger={
        <IconButton
          icon={Smile}
          label={m.composer_emoji()}
          command="composer.emoji"
          placement="top"
          isDisabled={!canWrite}
        />
      }
    >
      {close => (
        <div className={styles.picker}>
          <Suspense fallback={<Spinner label={m.ui_loading()} />}>
            <EmojiPicker
              onPick={emoji => {
                close()
                // After the popover has given the focus back to its button.
                setTimeout(() => composer.insert(emoji))
              }}
            />
          </Suspense>
        </div>
      )}
    </Popover>
  )
}
