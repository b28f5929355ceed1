import { Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import type { TemplateContent } from '@/api/types'
import { previewOf, type Values } from '@/features/templates/fill'
import { TemplateCard } from '@/features/templates/TemplateCard'
import { m } from '@/i18n/admin'
import { useMedia } from '@/lib/useMedia'
import { IconButton } from '@/ui'
import styles from './Templates.module.css'

interface Props {
  content: TemplateContent
  values: Values
}

/** A template on the customer's phone, in light or dark: as the desk is, until one looks at the other. */
export function Preview({ content, values }: Props) {
  const isNight = useMedia('(prefers-color-scheme: dark)')
  const { theme } = document.documentElement.dataset
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isDark = chosen ?? (theme === undefined ? isNight : theme === 'dark')
  const { header, body, footer, buttons } = content
  const isEmpty = !header && !body.trim() && !footer && buttons.length === 0
  return (
    <div className={styles.phone} style={{ colorScheme: isDark ? 'dark' : 'light' }}>
      <div className={styles.phoneTop}>
        <IconButton
          size="small"
          icon={isDark ? Sun : Moon}
          label={isDark ? m.template_preview_light() : m.template_preview_dark()}
          onPress={() => setChosen(!isDark)}
        />
      </div>
      {isEmpty ? (
        <p className={styles.empty}>{m.template_preview_empty()}</p>
      ) : (
        <div className={styles.bubble}>
          <TemplateCard template={previewOf(content, values)} />
        </div>
      )}
    </div>
  )
}
