import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { problemWords } from '@/api/problem'
import type { User } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, toast } from '@/ui'
import { save } from '../form/collection'

/** Brings somebody back with all they had. */
export function Restore({ user }: { user: User }) {
  const client = useQueryClient()
  const restore = useMutation({
    mutationFn: () => save(client, 'users', user, { deleted: false }),
    onSuccess: () => toast(m.settings_restored({ name: user.name }), { tone: 'success' }),
    onError: error => toast(problemWords(error), { tone: 'danger' }),
  })
  return (
    <Button variant="primary" icon={RotateCcw} isPending={restore.isPending} onPress={() => restore.mutate()}>
      {m.settings_user_restore()}
    </Button>
  )
}
