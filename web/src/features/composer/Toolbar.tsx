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
import { memo } from 'react'
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
  const { draft, isNote, canSend, canWrite, stale, hindrance, limit } = composer
  // Its words take the place of the hint: the box keeps its height.
  const isOffline = useConnection() === 'offline'
  const isGuarded = stale !== null && !isNote
  return (
    <div className={styles.toolbar}>
      <Tools
        interactionId={interaction.id}
        isNote={isNote}
        mayNote={composer.mayNote}
        canWrite={canWrite}
        mayAttach={composer.mayAttach}
        isEmojiOpen={composer.isEmojiOpen}
        setEmojiOpen={composer.setEmojiOpen}
        insert={composer.insert}
        attach={composer.attach}
        setRecording={composer.setRecording}
        openCanned={composer.openCanned}
        setNote={composer.setNote}
        templateWords={composer.over.words(m.templates_choose_one(), composer.over.can?.use_templates)}
        mayUseTemplates={composer.over.can?.use_templates !== false}
      />
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
        {canWrite && !isNote && (
          <SendMenu
            key={interaction.id}
            isEmpty={draft.text.trim() === ''}
            hasFile={draft.file !== null}
            setDialog={composer.setDialog}
          />
        )}
      </span>
    </div>
  )
}

type ToolsProps = { interactionId: number; templateWords: string; mayUseTemplates: boolean } & Pick<
  ComposerState,
  | 'isNote'
  | 'mayNote'
  | 'canWrite'
  | 'mayAttach'
  | 'isEmojiOpen'
  | 'setEmojiOpen'
  | 'insert'
  | 'attach'
  | 'setRecording'
  | 'openCanned'
  | 'setNote'
>

/** What can be put into the text; no key that is typed draws it anew. */
const Tools = memo(function Tools({
  interactionId,
  templateWords,
  mayUseTemplates,
  ...composer
}: ToolsProps) {
  const { isNote, mayNote, canWrite, mayAttach } = composer
  return (
    <>
      {!isNote && (
        <>
          <IconButton
            icon={Paperclip}
            label={m.composer_attach()}
            command="composer.attach"
            placement="top"
            isDisabled={!mayAttach}
            onPress={() => chooseFile(composer.attach)}
          />
          <IconButton
            icon={Mic}
            label={m.composer_voice()}
            command="composer.voice"
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
        command="composer.canned"
        placement="top"
        isDisabled={!canWrite}
        preventFocusOnPress
        onPress={composer.openCanned}
      />
      {canWrite && !isNote && (
        <IconButton
          icon={LayoutTemplate}
          label={templateWords}
          isDisabled={!mayUseTemplates}
          command="templates.send"
          placement="top"
          onPress={() => askTemplate({ kind: 'send', interactionId })}
        />
      )}
      {mayNote && (
        <IconButton
          icon={StickyNote}
          label={m.composer_note()}
          command="composer.note"
          placement="top"
          isOn={isNote}
          className={isNote ? styles.noteOn : undefined}
          onPress={() => composer.setNote(!isNote)}
        />
      )}
    </>
  )
})

interface SendMenuProps {
  isEmpty: boolean
  hasFile: boolean
  setDialog: ComposerState['setDialog']
}

/** What else can be done with the text. */
const SendMenu = memo(function SendMenu({ isEmpty, hasFile, setDialog }: SendMenuProps) {
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
        isDisabled={hasFile}
        onAction={() => setDialog('later')}
      >
        {m.composer_later()}
      </MenuItem>
      <MenuItem icon={BookmarkPlus} onAction={() => setDialog('save')}>
        {m.composer_save_canned()}
      </MenuItem>
    </Menu>
  )
})

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
