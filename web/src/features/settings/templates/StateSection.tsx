import type { TemplateVariant } from '@/api/types'
import { m } from '@/i18n/admin'
import { dateAndTime } from '@/lib/time'
import { Note, Pill } from '@/ui'
import styles from './Templates.module.css'
import { categoryWords, qualityTones, qualityWords, reasonWords, statusTones, statusWords } from './words'

/** What WhatsApp thinks of a template now, and what can be done about it. */
export function StateSection({ variant }: { variant: TemplateVariant }) {
  const { status, category, category_coming: coming, quality, reason, advice } = variant
  const isStopped = status === 'rejected' || status === 'paused' || status === 'disabled'
  const isOver = status === 'deleted' || status === 'disabled'
  return (
    <>
      <div className={styles.facts}>
        <Pill tone={statusTones[status]}>{statusWords[status]()}</Pill>
        <Pill>{categoryWords(category)}</Pill>
        {quality && qualityWords[quality] && !isOver && (
          <Pill tone={qualityTones[quality] ?? 'muted'}>{qualityWords[quality]()}</Pill>
        )}
        {quality && !qualityWords[quality] && status === 'approved' && (
          <Pill>{m.template_quality_unknown()}</Pill>
        )}
      </div>
      {status === 'pending' && <Note>{m.template_pending_help()}</Note>}
      {isStopped && (
        <Note tone={status === 'paused' ? 'warning' : 'danger'}>
          <span className={styles.why}>
            <span>{reasonWords(status, reason)}</span>
            {advice && (
              <span>
                {m.template_advice()} <q>{advice}</q>
              </span>
            )}
          </span>
        </Note>
      )}
      {status === 'deleted' && (
        <Note>{m.template_deleted_since({ date: dateAndTime(Date.parse(variant.updated_at)) })}</Note>
      )}
      {coming && coming !== category && !isOver && (
        <Note tone="warning">{m.template_category_coming({ category: categoryWords(coming) })}</Note>
      )}
    </>
  )
}
