import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ban, Check, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { problemWords } from '@/api/problem'
import { blocksQuery } from '@/api/queries'
import type { Block } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, DateTime, EmptyState, ErrorNote, Pill, Select, SkeletonRows, type Tone, toast } from '@/ui'
import settings from '../Settings.module.css'
import { sectionLabel } from '../sections'
import styles from './Blocks.module.css'

const states = ['asked', 'confirmed', 'lifted', 'all'] as const
type Shown = (typeof states)[number]

/** Who is kept from writing, who asked for it and why: confirm, or let them write again. */
export function BlockList() {
  const [state, setState] = useState<Shown>('asked')
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    blocksQuery(state),
  )
  const blocks = data?.pages.flatMap(page => page.items)
  return (
    <div className={settings.list}>
      <header className={settings.listHeader}>
        <div className={settings.listHeading}>
          <h2 className={settings.title}>{sectionLabel('blocks')}</h2>
          <p className={settings.lead}>{m.settings_blocks_lead()}</p>
        </div>
      </header>
      <div className={settings.tools}>
        <Select
          label={m.settings_blocks_show()}
          hideLabel
          size="small"
          value={state}
          onChange={setState}
          options={states.map(id => ({ id, label: shownWords(id) }))}
        />
      </div>
      {error && !blocks && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!blocks && !error && <SkeletonRows count={3} />}
      {blocks?.length === 0 && (
        <EmptyState icon={Ban} title={m.settings_blocks_empty()}>
          {m.settings_blocks_empty_words()}
        </EmptyState>
      )}
      {blocks && blocks.length > 0 && (
        <ul className={styles.blocks} aria-label={sectionLabel('blocks')}>
          {blocks.map(block => (
            <Item key={block.id} block={block} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {m.settings_blocks_more()}
        </Button>
      )}
    </div>
  )
}

function Item({ block }: { block: Block }) {
  const client = useQueryClient()
  const [isPending, setPending] = useState(false)
  const review = async (confirm: boolean) => {
    setPending(true)
    try {
      await api.put<Block>(`/blocks/${block.id}/review`, { confirm })
      await client.invalidateQueries({ queryKey: keys.collection('blocks') })
      const words = { name: block.customer || (block.phone ?? '') }
      toast(confirm ? m.settings_block_confirmed(words) : m.settings_block_lifted(words), {
        tone: 'success',
      })
    } catch (problem) {
      toast(problemWords(problem), { tone: 'danger' })
    } finally {
      setPending(false)
    }
  }
  const name = block.customer || block.phone || `#${block.interaction_id}`
  return (
    <li className={styles.block}>
      <div className={styles.words}>
        <p className={styles.line}>
          <span className={styles.name}>{name}</span>
          {block.phone && block.phone !== name && <span className="numbers">{block.phone}</span>}
          <Pill>{block.account.key}</Pill>
          <Pill tone={tones[block.state]}>{stateWords(block.state)}</Pill>
        </p>
        <p>{block.reason}</p>
        <p className={styles.facts}>
          {m.settings_block_by({ name: block.blocked_by.name })} <DateTime at={block.blocked_at} />
          {block.reviewed_by && block.reviewed_at && (
            <>
              {' · '}
              {block.state === 'lifted'
                ? m.settings_block_lifted_by({ name: block.reviewed_by.name })
                : m.settings_block_confirmed_by({ name: block.reviewed_by.name })}{' '}
              <DateTime at={block.reviewed_at} />
            </>
          )}
          {' · '}
          <Link to="/interactions/$interactionId" params={{ interactionId: block.interaction_id }}>
            #{block.interaction_id}
          </Link>
        </p>
        <p className={block.provider_state === 'failed' ? styles.failed : styles.facts}>
          {providerWords(block)}
        </p>
      </div>
      {block.state !== 'lifted' && (
        <div className={styles.buttons}>
          {block.state === 'asked' && (
            <Button
              icon={Check}
              size="small"
              variant="primary"
              isPending={isPending}
              onPress={() => void review(true)}
            >
              {m.settings_block_confirm()}
            </Button>
          )}
          <Button icon={Undo2} size="small" isPending={isPending} onPress={() => void review(false)}>
            {m.settings_block_lift()}
          </Button>
        </div>
      )}
    </li>
  )
}

const tones: Record<Block['state'], Tone> = { asked: 'warning', confirmed: 'danger', lifted: 'muted' }

function stateWords(state: Block['state']): string {
  switch (state) {
    case 'asked':
      return m.settings_block_state_asked()
    case 'confirmed':
      return m.settings_block_state_confirmed()
    case 'lifted':
      return m.settings_block_state_lifted()
  }
}

function shownWords(state: Shown): string {
  return state === 'all' ? m.settings_block_state_all() : stateWords(state)
}

function providerWords({ provider_state: state, provider_detail: detail }: Block): string {
  switch (state) {
    case 'pending':
      return m.settings_block_provider_pending()
    case 'blocked':
      return m.settings_block_provider_blocked()
    case 'lifted':
      return m.settings_block_provider_lifted()
    case 'failed':
      return m.settings_block_provider_failed({ detail: detail?.replace(/\.$/, '') ?? '' })
  }
}
