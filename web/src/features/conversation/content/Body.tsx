import { Suspense } from 'react'
import type { Message } from '@/api/types'
import { Formatted } from '@/lib/text'
import { later } from '@/ui/later'
import { CallLine } from './CallLine'
import { ContactCards } from './ContactCards'
import styles from './Content.module.css'
import { Fold } from './Fold'
import { FormAnswers } from './FormAnswers'
import { LocationCard } from './LocationCard'
import { Media } from './Media'
import { OrderTable } from './OrderTable'
import { Tapped } from './Tapped'
import { Unsupported } from './Unsupported'

const TemplateCard = later(async () => ({
  default: (await import('@/features/templates/TemplateCard')).TemplateCard,
}))

/** What a message says, whatever kind it is. A kind of tomorrow's server is a readable placeholder. */
export function Body({ message }: { message: Message }) {
  const { content, kind, attachments, text } = message
  return (
    <>
      {attachments.map(attachment => (
        <Media key={attachment.id} attachment={attachment} />
      ))}
      <Structured message={message} />
      {kind === 'call' ? (
        <CallLine />
      ) : (
        text &&
        content.type !== 'reply' &&
        content.type !== 'unsupported' &&
        content.type !== 'template' && <Text message={message} text={text} />
      )}
    </>
  )
}

function Structured({ message }: { message: Message }) {
  const { content } = message
  switch (content.type) {
    case 'location':
      return <LocationCard location={content} />
    case 'contacts':
      return <ContactCards messageId={message.id} cards={content.cards} />
    case 'reply':
      return <Tapped reply={content} />
    case 'form':
      return <FormAnswers form={content} />
    case 'order':
      return <OrderTable order={content} />
    case 'template':
      return (
        <Suspense fallback={<Text message={message} text={message.text ?? ''} />}>
          <TemplateCard
            template={{ ...content, body: message.text ?? '' }}
            hasFile={message.attachments.length > 0}
          />
        </Suspense>
      )
    case 'unsupported':
      return <Unsupported message={message} name={content.name} />
    case 'text':
    case 'media':
    case 'note':
    case 'system':
      return null
    default:
      return <Unsupported message={message} name={message.kind} />
  }
}

const emoji = String.raw`\p{RGI_Emoji}`
const onlyEmoji = fewEmoji()

/** One to three, and nothing else. Browsers that do not know the set show them as text. */
function fewEmoji(): RegExp | null {
  try {
    return new RegExp(`^(?:${emoji}\\s*){1,3}$`, 'v')
  } catch {
    return null
  }
}

function Text({ message, text }: { message: Message; text: string }) {
  const isLarge =
    message.kind === 'reaction' ||
    (message.kind === 'text' && text.length < 40 && (onlyEmoji?.test(text) ?? false))
  return (
    <div className={isLarge ? styles.large : styles.text} dir="auto">
      <Fold text={text}>
        <Formatted text={text} />
      </Fold>
    </div>
  )
}
