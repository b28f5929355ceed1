import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useMemo } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { problemWords } from '@/api/problem'
import type { Delivery, DeliveryDetail } from '@/api/types'
import { useProvide } from '@/commands/context'
import { shortcutOf } from '@/commands/registry'
import { m } from '@/i18n/admin'
import { Button, toast } from '@/ui'
import { stateWords } from './states'

/** Applies a delivery once more; what was applied already changes nothing. */
export function Replay({ delivery }: { delivery: Delivery }) {
  const client = useQueryClient()
  const { mutateAsync, isPending } = useMutation({
    mutationFn: async () => {
      await api.post<Delivery>(`/deliveries/${delivery.id}/replays`)
      return await settled(delivery.id)
    },
    onSuccess: answer => {
      const { label, tone } = stateWords[answer.state]
      toast(m.ledger_replay_result({ state: label().toLocaleLowerCase() }), {
        tone: tone === 'danger' ? 'danger' : 'success',
      })
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.collection('deliveries') }),
  })
  const part = useMemo(
    () => ({ delivery: { replay: async () => void (await mutateAsync()) } }),
    [mutateAsync],
  )
  useProvide(part)
  const replay = () => mutateAsync().catch(error => toast(problemWords(error), { tone: 'danger' }))
  return (
    <Button
      icon={RotateCcw}
      isPending={isPending}
      shortcut={shortcutOf('ledger.replay')}
      variant={delivery.state === 'failed' ? 'primary' : 'normal'}
      onPress={() => void replay()}
    >
      {m.ledger_replay()}
    </Button>
  )
}

/** A worker applies it a moment later: waits for that, but not for ever. */
async function settled(id: number): Promise<Delivery> {
  for (let tries = 0; ; tries++) {
    const { delivery } = await api.get<DeliveryDetail>(`/deliveries/${id}`)
    if (delivery.state !== 'pending' || tries >= 10) return delivery
    await new Promise(done => setTimeout(done, 300))
  }
}
