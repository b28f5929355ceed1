import { useQuery } from '@tanstack/react-query'
import { memo, Suspense } from 'react'
import { interactionQuery } from '@/api/queries'
import type { Interaction } from '@/api/types'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import { later } from '@/ui/later'
import { Box } from './Box'
import styles from './Composer.module.css'
import { ComposerDialogs } from './ComposerDialogs'
import { Drop } from './files/Drop'
import { Guard } from './Guard'
import { Hindered } from './Hindered'
import { Later } from './later/Later'
import { Preview } from './Preview'
import { QuoteChip } from './QuoteChip'
import { Gaps } from './suggest/Gaps'
import { Toolbar } from './Toolbar'
import { useComposer } from './useComposer'

const FileChip = later(() => import('./files/FileChip'))
const Recorder = later(() => import('./files/Recorder'))

interface Props {
  interactionId: number
  /** The conversation whose messages were painted last. Its buttons come after the first, the box before. */
  settled: number | null
}

/** Where one writes to the customer, or a note. It stays while one goes from conversation to conversation. */
export const Composer = memo(function Composer({ interactionId, settled }: Props) {
  const { data } = useQuery(interactionQuery(interactionId))
  // Its height is kept, so that the thread does not move when the row arrives.
  if (!data) return <div className={styles.composer} aria-busy="true" />
  return <Writer interaction={data} settled={settled} />
})

function Writer({ interaction, settled }: { interaction: Interaction } & Pick<Props, 'settled'>) {
  const composer = useComposer(interaction)
  const { draft, isNote, hindrance, stale, canWrite } = composer
  return (
    <section className={cx(styles.composer, isNote && styles.note)} aria-label={m.composer_group()}>
      {hindrance && !isNote && (
        <Hindered key={interaction.id} interaction={interaction} composer={composer} />
      )}
      {stale && !isNote && <Guard interaction={interaction} newer={stale} />}
      <Later interactionId={interaction.id} isRead={settled === interaction.id} />
      {(canWrite || draft.text || draft.file) && (
        <div className={styles.box}>
          {draft.quote && !isNote && <QuoteChip quote={draft.quote} onDrop={composer.dropQuote} />}
          {draft.file && composer.mayAttach && (
            <Suspense>
              <FileChip
                file={draft.file}
                hasText={draft.text.trim() !== ''}
                hasCaption={composer.hasCaption}
                onDrop={composer.detach}
              />
            </Suspense>
          )}
          {!isNote && (
            <Gaps
              interactionId={interaction.id}
              text={draft.text}
              onSelect={gap => {
                composer.inputRef.current?.focus()
                composer.inputRef.current?.setSelectionRange(gap.from, gap.to)
              }}
            />
          )}
          {composer.isRecording ? (
            <Suspense>
              <Recorder onDone={composer.record} onCancel={() => composer.setRecording(false)} />
            </Suspense>
          ) : (
            <>
              <Preview text={draft.text} isNote={isNote} />
              <Box key={interaction.id} interaction={interaction} composer={composer} />
              {settled !== null ? (
                <Toolbar interaction={interaction} composer={composer} />
              ) : (
                <div className={styles.toolbar} />
              )}
            </>
          )}
        </div>
      )}
      {composer.mayAttach && <Drop onFiles={composer.attach} />}
      <ComposerDialogs interaction={interaction} composer={composer} />
    </section>
  )
}
