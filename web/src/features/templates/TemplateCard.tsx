import {
  Copy,
  ExternalLink,
  FileText,
  ImageIcon,
  Link2Off,
  Phone,
  Reply,
  SquareArrowOutUpRight,
  Video,
} from 'lucide-react'
import { useState } from 'react'
import { m } from '@/i18n/pages'
import { Formatted } from '@/lib/text'
import type { ShownTemplate } from './fill'
import styles from './Template.module.css'

/** A template as the customer sees it: header, body, footer, buttons. Its buttons are the customer's to tap. */
export function TemplateCard({ template, hasFile = false }: { template: ShownTemplate; hasFile?: boolean }) {
  const { header, body, footer, buttons } = template
  return (
    <div className={styles.card}>
      {header?.type === 'media' && !hasFile && <HeaderMedia kind={header.kind} link={header.link ?? null} />}
      {header?.type === 'text' && (
        <p className={styles.header} dir="auto">
          {header.text}
        </p>
      )}
      <div className={styles.body} dir="auto">
        <Formatted text={body} />
      </div>
      {footer && (
        <p className={styles.footer} dir="auto">
          {footer}
        </p>
      )}
      {buttons.length > 0 && (
        <ul className={styles.buttons} aria-label={m.templates_buttons()}>
          {buttons.map((button, index) => {
            const Icon = icons[button.type]
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: two buttons may say the same
              <li key={index} className={styles.button} title={button.value?.text}>
                <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
                <span dir="auto">{button.text}</span>
                {button.value && <span className={styles.behind}>{button.value.text}</span>}
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}

const icons = {
  quick_reply: Reply,
  url: ExternalLink,
  phone: Phone,
  copy_code: Copy,
  flow: SquareArrowOutUpRight,
  other: SquareArrowOutUpRight,
}

type Kind = 'image' | 'video' | 'document' | 'audio' | 'sticker'

function HeaderMedia({ kind, link }: { kind: Kind; link: string | null }) {
  const [broken, setBroken] = useState<string | null>(null)
  const Icon = kind === 'image' ? ImageIcon : kind === 'video' ? Video : FileText
  // What stands elsewhere is not fetched from there: whoever keeps it would know who looks.
  const isOurs = link !== null && /^(blob:|data:|\/)/.test(link)
  if (kind === 'image' && link && isOurs && broken !== link) {
    return (
      <img
        className={styles.picture}
        src={link}
        alt={m.templates_header_image()}
        referrerPolicy="no-referrer"
        loading="lazy"
        onError={() => setBroken(link)}
      />
    )
  }
  const name = link?.split('/').at(-1) || link
  return (
    <div className={styles.media}>
      {broken === link && link ? (
        <Link2Off size={20} aria-hidden="true" />
      ) : (
        <Icon size={20} aria-hidden="true" />
      )}
      {link && broken !== link ? (
        <a href={link} target="_blank" rel="noreferrer">
          {name}
        </a>
      ) : (
        <span>{link ? m.templates_header_broken() : words[kind]?.()}</span>
      )}
    </div>
  )
}

const words: Partial<Record<Kind, () => string>> = {
  image: () => m.templates_header_image(),
  video: () => m.templates_header_video(),
  document: () => m.templates_header_document(),
}
