import { useQueryClient } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { putMessage } from '@/api/entities'
import { problemWords } from '@/api/problem'
import type { Attachment, Message } from '@/api/types'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { toast } from '@/ui/toasts'

/** The server has given up fetching it from WhatsApp; a person may ask once more. */
export function FetchAgain({ attachment }: { attachment: Attachment }) {
  const client = useQueryClient()
  const [isPending, setPending] = useState(false)
  const ask = async () => {
    setPending(true)
    try {
      putMessage(client, await api.post<Message>(`/attachments/${attachment.id}/attempts`, {}))
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
    } finally {
      setPending(false)
    }
  }
  return (
    <Button size="small" icon={RotateCw} isPending={isPending} onPress={() => void ask()}>
      {m.conversation_fetch_again()}
    </Button>
  )
}
