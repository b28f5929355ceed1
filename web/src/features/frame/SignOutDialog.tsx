import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { interactionListQuery, interactionQuery, recipientsQuery } from '@/api/queries'
import { unsentCount } from '@/features/composer/sending'
import { customerName } from '@/features/interactions/words'
import { type OpenWork, signOut, useSession } from '@/features/signin/session'
import { reaches } from '@/features/transfer/choices'
import { m } from '@/i18n/pages'
import { plainText } from '@/lib/text'
import { Button, Dialog, ErrorNote, Note, Pill, RadioGroup, Select } from '@/ui'
import styles from './SignOut.module.css'

const listedAtMost = 6

/** What becomes of the open interactions. Without any, it only asks. */
export default function SignOutDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const router = useRouter()
  const { open } = useSession().presence
  const [unsent] = useState(unsentCount)
  const [choice, setChoice] = useState<OpenWork>('keep')
  const [to, setTo] = useState<number | null>(null)
  const colleagues = useColleagues(open > 0)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const leave = async () => {
    setPending(true)
    setError(null)
    try {
      await signOut(
        client,
        router,
        open > 0 ? choice : undefined,
        choice === 'hand_over' ? (to ?? undefined) : undefined,
      )
      onClose()
    } catch (problem) {
      setError(problem)
      setPending(false)
    }
  }
  return (
    <Dialog
      title={m.signout_title()}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button
          variant="primary"
          isPending={isPending}
          isDisabled={choice === 'hand_over' && to === null}
          onPress={leave}
        >
          {m.frame_sign_out()}
        </Button>
      }
    >
      <div className={styles.body}>
        {open > 0 && (
          <>
            <p>{m.signout_open({ count: open })}</p>
            <OpenOnes count={open} />
            <RadioGroup
              label={m.signout_what()}
              value={choice}
              onChange={setChoice}
              options={[
                { id: 'keep', label: m.signout_keep(), description: m.signout_keep_help() },
                { id: 'return', label: m.signout_return(), description: m.signout_return_help() },
                ...(colleagues.length > 0
                  ? [
                      {
                        id: 'hand_over' as const,
                        label: m.signout_hand_over(),
                        description: m.signout_hand_over_help(),
                      },
                    ]
                  : []),
              ]}
            />
            {choice === 'hand_over' && (
              <Select
                label={m.signout_to()}
                value={to}
                onChange={setTo}
                options={colleagues.map(({ user, open: held, capacity }) => ({
                  id: user.id,
                  label: user.name,
                  description: m.transfer_open({ load: capacity > 0 ? `${held}/${capacity}` : String(held) }),
                }))}
              />
            )}
          </>
        )}
        {unsent > 0 && <Note tone="warning">{m.signout_unsent({ count: unsent })}</Note>}
        {error !== null && <ErrorNote error={error} />}
      </div>
    </Dialog>
  )
}

/** Who is there and could have what one holds; the server looks again. */
function useColleagues(isAsked: boolean) {
  const { user } = useSession()
  const { data } = useQuery({ ...recipientsQuery, enabled: isAsked })
  const isAllowed = data?.accounts.some(({ id }) => reaches(data, 'agents', [id]))
  return ((isAllowed && data?.agents) || []).filter(
    one => one.user.id !== user.id && one.state === 'available',
  )
}

function OpenOnes({ count }: { count: number }) {
  const { data } = useInfiniteQuery(interactionListQuery({ agent: 'me', state: 'open' }))
  const ids = data?.pages.flatMap(page => page.ids).slice(0, listedAtMost) ?? []
  const more = count - ids.length
  return (
    <ul className={styles.open} aria-busy={!data}>
      {ids.map(id => (
        <OpenOne key={id} id={id} />
      ))}
      {data && more > 0 && <li className={styles.more}>{m.signout_more({ count: more })}</li>}
    </ul>
  )
}

function OpenOne({ id }: { id: number }) {
  const { data: one } = useQuery(interactionQuery(id))
  const { user } = useSession()
  if (!one || one.owner?.id !== user.id) return null
  return (
    <li>
      <span className={styles.name}>{customerName(one)}</span>
      <span className={styles.account}>
        <Pill>{one.account.key}</Pill>
      </span>
      <span className={styles.preview}>{plainText(one.last_message?.preview ?? '')}</span>
    </li>
  )
}
