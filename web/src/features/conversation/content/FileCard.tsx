import { CircleAlert, Download, FileText, LoaderCircle } from 'lucide-react'
import type { Attachment } from '@/api/types'
import { kindWords } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { bytes } from '@/lib/bytes'
import styles from './Content.module.css'
import { downloadOf } from './download'
import { FetchAgain } from './FetchAgain'

export function FileCard({ attachment }: { attachment: Attachment }) {
  const { state, size, mime } = attachment
  const name = attachment.name || kindWords('document')
  const Icon = state === 'stored' ? FileText : state === 'pending' ? LoaderCircle : CircleAlert
  const remark =
    state === 'pending'
      ? m.conversation_media_pending()
      : state === 'failed'
        ? m.conversation_media_failed()
        : [extension(name, mime), size === null ? '' : bytes(size)].filter(Boolean).join(' · ')
  const inside = (
    <>
      <Icon size={24} strokeWidth={1.5} aria-hidden="true" />
      <span className={styles.fileWords}>
        <span className={styles.fileName}>{name}</span>
        <span className={styles.remark}>{remark}</span>
      </span>
    </>
  )
  if (state !== 'stored') {
    return (
      <div className={styles.file}>
        {inside}
        {state === 'failed' && <FetchAgain attachment={attachment} />}
      </div>
    )
  }
  return (
    <a
      className={styles.file}
      href={downloadOf(attachment)}
      download={name}
      aria-label={m.conversation_download_name({ name })}
    >
      {inside}
      <Download size={16} aria-hidden="true" />
    </a>
  )
}

function extension(name: string, mime: string): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? mime.split('/')[1] ?? ''
  return ending.length <= 5 ? ending.toUpperCase() : ''
}
