import type { TemplateContent } from '@/api/types'
import { previewOf, type Values } from '@/features/templates/fill'
import { TemplateCard } from '@/features/templates/TemplateCard'
import { m } from '@/i18n/admin'
import { cx } from '@/ui'
import styles from './Templates.module.css'

interface Props {
  content: TemplateContent
  values: Values
}

/** A template on the customer's phone. */
export function Preview({ content, values }: Props) {
  const { header, body, footer, buttons } = content
  if (!header && !body.trim() && !footer && buttons.length === 0) {
    return <p className={cx(styles.phone, styles.empty)}>{m.template_preview_empty()}</p>
  }
  return (
    <div className={styles.phone}>
      <div className={styles.bubble}>
        <TemplateCard template={previewOf(content, values)} />
      </div>
    </div>
  )
}
