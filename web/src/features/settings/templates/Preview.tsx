import type { TemplateContent } from '@/api/types'
import { previewOf, type Values } from '@/features/templates/fill'
import { TemplateCard } from '@/features/templates/TemplateCard'
import styles from './Templates.module.css'

interface Props {
  content: TemplateContent
  values: Values
}

/** A template on the customer's phone. */
export function Preview({ content, values }: Props) {
  return (
    <div className={styles.phone}>
      <div className={styles.bubble}>
        <TemplateCard template={previewOf(content, values)} />
      </div>
    </div>
  )
}
