import { useQuery } from '@tanstack/react-query'
import { Tag as TagIcon } from 'lucide-react'
import { useEffect } from 'react'
import { interactionDetailQuery, interactionQuery } from '@/api/queries'
import type { Interaction } from '@/api/types'
import { ask } from '@/features/care/asking'
import { Snoozed } from '@/features/care/Snoozed'
import { Tag } from '@/features/care/Tag'
import { Later } from '@/features/composer/later/Later'
import { SentimentMark } from '@/features/interactions/Sentiment'
import { stateWords } from '@/features/interactions/words'
import { useSession } from '@/features/signin/session'
import { locale } from '@/i18n'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { CopyButton } from '@/ui/CopyButton'
import { ErrorNote } from '@/ui/ErrorNote'
import { Pill } from '@/ui/Pill'
import { DateTime } from '@/ui/Time'
import { WindowArc } from '@/ui/WindowArc'
import { Fact, Facts, FactsSkeleton } from './Facts'
import styles from './Sidebar.module.css'
import { Why } from './Why'

export function InteractionPanel({ interactionId }: { interactionId: number }) {
  const { data: one, error, refetch } = useQuery(interactionQuery(interactionId))
  const { user } = useSession()
  if (error && !one) {
    return (
      <div className={styles.pane}>
        <ErrorNote error={error} onRetry={() => void refetch()} />
      </div>
    )
  }
  if (!one) return <FactsSkeleton />
  return (
    <div className={styles.pane}>
      <Facts>
        <Fact label={m.sidebar_id()}>
          <span className="numbers">#{one.id}</span>
          <CopyButton text={`#${one.id}`} label={m.sidebar_copy({ text: `#${one.id}` })} />
        </Fact>
        <Fact label={m.sidebar_account()}>
          <Pill>{one.account.key}</Pill> {one.account.name}
        </Fact>
        <Fact label={m.sidebar_queue()}>{one.queue?.name ?? '–'}</Fact>
        {/* Whom it is with has a line of its own. */}
        <Fact label={m.sidebar_state()}>{stateWords({ ...one, owner: null }, '')}</Fact>
        <Fact label={m.sidebar_owner()}>{one.owner?.name ?? m.sidebar_nobody()}</Fact>
        {one.first_owner && one.first_owner.id !== one.owner?.id && (
          <Fact label={m.sidebar_first_owner()}>{one.first_owner.name}</Fact>
        )}
        {one.was_with && <Fact label={m.sidebar_was_with()}>{one.was_with.name}</Fact>}
        <Window one={one} />
        <Dates one={one} />
        {one.sentiment && (
          <Fact label={m.field_sentiment()} isDrawn>
            <SentimentMark sentiment={one.sentiment} />
          </Fact>
        )}
        {one.disposition && <Fact label={m.care_disposition()}>{one.disposition.path.join(' › ')}</Fact>}
        {one.snooze && (
          <Fact label={m.sidebar_put_off()} isDrawn>
            <Snoozed snooze={one.snooze} withWords />
          </Fact>
        )}
        {(one.tags.length > 0 || one.may.tag) && (
          <Fact label={m.sidebar_tags()} isDrawn>
            <span className={styles.tags}>
              {one.tags.map(tag => (
                <Tag key={tag} name={tag} />
              ))}
              {one.may.tag && (
                <Button
                  size="small"
                  variant="quiet"
                  icon={TagIcon}
                  onPress={() => ask({ what: 'tags', ids: [one.id] })}
                >
                  {m.sidebar_tags_choose()}
                </Button>
              )}
            </span>
          </Fact>
        )}
      </Facts>
      <Later interactionId={interactionId} />
      {user.permissions.includes('interactions.why') && <Why interaction={one} />}
    </div>
  )
}

function Window({ one }: { one: Interaction }) {
  const { expires_at: expiresAt, open } = one.window
  return (
    <Fact label={m.sidebar_window()} isDrawn>
      {open && expiresAt === null ? (
        m.sidebar_window_none()
      ) : (
        <WindowArc expiresAt={open ? expiresAt : null} withWords />
      )}
    </Fact>
  )
}

function Dates({ one }: { one: Interaction }) {
  const { data: detail, refetch } = useQuery(interactionDetailQuery(one.id))
  // No frame carries these; the row tells when they may have changed.
  const news = `${one.state} ${one.owner?.id} ${one.last_message?.at}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: `news` is what it waits for
  useEffect(() => {
    const timer = setTimeout(() => void refetch(), 1_000)
    return () => clearTimeout(timer)
  }, [news, refetch])
  return (
    <>
      <Fact label={m.sidebar_started()}>
        <DateTime at={one.started_at} />
      </Fact>
      {/* Whoever opens it again has it from then on: that is said once. */}
      {detail?.accepted_at && detail.accepted_at !== one.reopened_at && (
        <Fact label={m.sidebar_accepted()}>
          <DateTime at={detail.accepted_at} />
        </Fact>
      )}
      {one.reopened_at && (
        <Fact label={m.sidebar_reopened()}>
          <DateTime at={one.reopened_at} />
        </Fact>
      )}
      {one.closed_at && (
        <Fact label={m.sidebar_closed()}>
          <DateTime at={one.closed_at} />
        </Fact>
      )}
      <Fact label={m.sidebar_messages()}>
        <span className="numbers">{detail ? detail.message_count.toLocaleString(locale()) : '–'}</span>
      </Fact>
    </>
  )
}
