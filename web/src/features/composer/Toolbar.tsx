import {
  BookmarkPlus,
  ChevronDown,
  Clock,
  LayoutTemplate,
  MessageSquareQuote,
  Mic,
  Paperclip,
  Send,
  StickyNote,
} from 'lucide-react'
import type { Interaction } from '@/api/types'
import { shortcutOf } from '@/commands/registry'
import { askTemplate } from '@/features/templates/dialog'
import { locale } from '@/i18n'
import { m } from '@/i18n/pages'
import { useConnection } from '@/live'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { Kbd } from '@/ui/Kbd'
import { Menu, MenuItem } from '@/ui/Menu'
import styles from './Composer.module.css'
import { EmojiButton } from './EmojiButton'
import { chooseFile } from './files/attach'
import { characters } from './format'
import type { ComposerState } from './useComposer'

/** How many characters before the end the number is told. */
const near = 200

interface Props {
  interaction: Interaction
  composer: ComposerState
}

export function Toolbar({ interaction, composer }: Props) {
  const { draft, isNote, mayNote, canSend, canWrite, stale, hindrance, mayAttach, limit } = composer
  // Its words take the place of the hint: the box keeps its height.
  const isOffline = useConnection() === 'offline'
  const isGuarded = stale !== null && !isNote
  return (
    <div className={styles.toolbar}>
      {!isNote && (
        <>
          <IconButton
            icon={Paperclip}
            label={m.composer_attach()}
            shortcut={shortcutOf('composer.attach')}
            placement="top"
            isDisabled={!mayAttach}
            onPress={() => chooseFile(composer.attach)}
          />
          <IconButton
            icon={Mic}
            label={m.composer_voice()}
            shortcut={shortcutOf('composer.voice')}
            placement="top"
            isDisabled={!mayAttach}
            onPress={() => composer.setRecording(true)}
          />
        </>
      )}
      <EmojiButton composer={composer} />
      <IconButton
        icon={MessageSquareQuote}
        label={m.composer_canned()}
        shortcut={shortcutOf('composer.canned')}
        placement="top"
        isDisabled={!canWrite}
        preventFocusOnPress
        onPress={composer.openCanned}
      />
      {canWrite && !isNote && (
        <IconButton
          icon={LayoutTemplate}
          label={m.templates_choose_one()}
          shortcut={shortcutOf('templates.send')}
          placement="top"
          onPress={() => askTemplate({ kind: 'send', interactionId: interaction.id })}
        />
      )}
      {mayNote && (
        <IconButton
          icon={StickyNote}
          label={m.composer_note()}
          shortcut={shortcutOf('composer.note')}
          placement="top"
          isOn={isNote}
          className={isNote ? styles.noteOn : undefined}
          onPress={() => composer.setNote(!isNote)}
        />
      )}
      {isNote && <span className={styles.noteWords}>{m.composer_note_on()}</span>}
      <span className={styles.space} />
      <Count text={draft.text} limit={limit} />
      {isOffline && canWrite && (
        <span className={styles.offline} role="status" title={m.composer_offline()}>
          {m.composer_offline()}
        </span>
      )}
      {canWrite && !isNote && !isGuarded && !isOffline && (
        <span className={styles.hint} aria-hidden="true">
          <Kbd keys="Enter" /> {m.composer_hint_send()} <Kbd keys="Shift+Enter" /> {m.composer_hint_break()}
        </span>
      )}
      <span className={styles.sending}>
        <Button
          variant="primary"
          icon={Send}
          className={isNote ? (styles.noteSend ?? '') : ''}
          isDisabled={!canSend || (!isNote && hindrance !== null)}
          shortcut={isGuarded ? 'Mod+Enter' : undefined}
          // The focus stays in the text: one answers, and writes on.
          preventFocusOnPress
          onPress={() => composer.send(isGuarded)}
        >
          {isNote ? m.composer_save_note() : isGuarded ? m.composer_send_anyway() : m.composer_send()}
        </Button>
        {canWrite && !isNote && <SendMenu key={interaction.id} composer={composer} />}
      </span>
    </div>
  )
}

/** What else can be done with the text. */
function SendMenu({ composer }: { composer: ComposerState }) {
  const isEmpty = composer.draft.text.trim() === ''
  return (
    <Menu
      label={m.composer_more()}
      placement="top end"
      trigger={
        <IconButton icon={ChevronDown} label={m.composer_more()} placement="top" isDisabled={isEmpty} />
      }
    >
      <MenuItem
        icon={Clock}
        shortcut={shortcutOf('composer.later')}
        // A file goes now or not at all.
        isDisabled={composer.draft.file !== null}
        onAction={() => composer.setDialog('later')}
      >
        {m.composer_later()}
      </MenuItem>
      <MenuItem icon={BookmarkPlus} onAction={() => composer.setDialog('save')}>
        {m.composer_save_canned()}
      </MenuItem>
    </Menu>
  )
}

/** Only near the limit: until then the number is noise. */
function Count({ text, limit }: { text: string; limit: number }) {
  const count = characters(text.trim())
  if (count < limit - near) return null
  const over = count - limit
  const words = (value: number) => value.toLocaleString(locale())
  return (
    <span className={cx(styles.count, over > 0 && styles.over)} role="status">
      {over > 0
        ? m.composer_too_long({ count: words(over) })
        : m.composer_count({ count: words(count), limit: words(limit) })}
    </span>
  )
}
