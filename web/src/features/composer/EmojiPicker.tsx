// Also for reactions: `lazy(() => import('@/features/composer/EmojiPicker'))` in a popover.
import { type EmojiData, type EmojiPickerListComponents, EmojiPicker as Picker } from 'frimousse'
import type { AriaAttributes } from 'react'
import { type Locale, locale } from '@/i18n'
import { m } from '@/i18n/pages'
import styles from './EmojiPicker.module.css'

const data: Record<Locale, () => Promise<{ default: EmojiData }>> = {
  en: () => import('virtual:emoji/en'),
  it: () => import('virtual:emoji/it'),
}

const components: EmojiPickerListComponents = {
  CategoryHeader: ({ category, ...props }) => (
    <div {...props} className={styles.heading}>
      {category.label}
    </div>
  ),
  // The library counts from nought, ARIA from one.
  Row: props => <div {...fromOne(props)} className={styles.row} />,
  Emoji: ({ emoji, ...props }) => (
    <button
      type="button"
      {...fromOne(props)}
      className={styles.emoji}
      data-active={emoji.isActive || undefined}
      aria-label={emoji.label}
    >
      {emoji.emoji}
    </button>
  ),
}

export default function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  return (
    <Picker.Root
      className={styles.root ?? ''}
      columns={8}
      locale={locale()}
      resolveEmojiData={async () => (await data[locale()]()).default}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <div className={styles.head}>
        <Picker.Search
          autoFocus
          className={styles.search ?? ''}
          aria-label={m.composer_emoji_search()}
          placeholder={m.composer_emoji_search()}
        />
        <Picker.SkinToneSelector className={styles.tone ?? ''} aria-label={m.composer_emoji_tone()} />
      </div>
      <Picker.Viewport className={styles.viewport ?? ''}>
        <Picker.Loading className={styles.remark ?? ''}>{m.ui_loading()}</Picker.Loading>
        <Picker.Empty className={styles.remark ?? ''}>
          {({ search }) => m.composer_emoji_none({ text: search })}
        </Picker.Empty>
        <Picker.List components={components} />
      </Picker.Viewport>
      <Picker.ActiveEmoji>
        {({ emoji }) => <p className={styles.name}>{emoji ? `${emoji.emoji} ${emoji.label}` : ' '}</p>}
      </Picker.ActiveEmoji>
    </Picker.Root>
  )
}

function fromOne<P extends AriaAttributes>(props: P): P {
  const { 'aria-rowindex': row, 'aria-colindex': column } = props
  return {
    ...props,
    ...(row === undefined ? {} : { 'aria-rowindex': row + 1 }),
    ...(column === undefined ? {} : { 'aria-colindex': column + 1 }),
  }
}
