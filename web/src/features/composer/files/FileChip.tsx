import { FileText, Film, Music, RotateCw, X } from 'lucide-react'
import { Suspense } from 'react'
import { problemWords } from '@/api/problem'
import { m } from '@/i18n/pages'
import { bytes } from '@/lib/bytes'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { later } from '@/ui/later'
import styles from './Files.module.css'
import { Progress } from './Progress'
import type { Picked } from './picked'
import { previewOf } from './preview'
import { isRefused, uploads, useUpload } from './uploads'

const AudioPlayer = later(async () => ({
  default: (await import('@/features/conversation/content/AudioPlayer')).AudioPlayer,
}))

interface Props {
  file: Picked
  hasText: boolean
  /** What is written stands under it. */
  hasCaption: boolean
  onDrop: () => void
}

/** The file that goes with what is being written: what it is, how far it has come, and the way to leave it out. */
export default function FileChip({ file, hasText, hasCaption, onDrop }: Props) {
  const upload = useUpload(file.id)
  const hasFailed = upload?.state === 'failed'
  const isVoice = file.kind === 'voice'
  return (
    <div className={styles.chip} data-failed={hasFailed || undefined}>
      {isVoice ? (
        <Suspense fallback={<div className={styles.player} />}>
          <div className={styles.player}>
            <AudioPlayer attachment={{ url: previewOf(file.blob), size: file.blob.size }} />
          </div>
        </Suspense>
      ) : (
        <>
          <Thumbnail file={file} />
          <div className={styles.words}>
            <strong>{file.name}</strong>
            <span>
              {bytes(file.blob.size)}
              {hasText && !hasCaption && ` · ${m.composer_file_text_after()}`}
            </span>
          </div>
        </>
      )}
      {hasFailed ? (
        <span className={styles.failed} role="alert">
          {problemWords(upload.problem)}
          {!isRefused(upload) && (
            <Button size="small" icon={RotateCw} onPress={() => uploads.begin(file)}>
              {m.composer_again()}
            </Button>
          )}
        </span>
      ) : (
        upload?.state === 'uploading' && <Progress done={upload.done} />
      )}
      <IconButton
        icon={X}
        size="small"
        label={isVoice ? m.composer_voice_drop() : m.composer_file_drop({ name: file.name })}
        onPress={onDrop}
      />
    </div>
  )
}

function Thumbnail({ file }: { file: Picked }) {
  if (file.kind === 'image' || file.kind === 'sticker')
    return <img className={styles.thumbnail} src={previewOf(file.blob)} alt="" />
  const Icon = file.kind === 'video' ? Film : file.kind === 'audio' ? Music : FileText
  return (
    <span className={styles.thumbnail}>
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
    </span>
  )
}
