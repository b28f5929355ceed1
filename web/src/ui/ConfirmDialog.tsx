import { type ReactNode, useState } from 'react'
import { Button } from './Button'
import { Dialog } from './Dialog'
import { ErrorNote } from './ErrorNote'

interface Props {
  title: string
  /** The verb: "Delete queue", never "OK". */
  confirm: string
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** Closes on success; a failure is worded inside. */
  onConfirm: () => Promise<unknown>
  isDanger?: boolean
  cancel?: string
  children: ReactNode
}

export function ConfirmDialog({
  title,
  confirm,
  isOpen,
  onOpenChange,
  onConfirm,
  isDanger,
  cancel,
  children,
}: Props) {
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async () => {
    setPending(true)
    setError(null)
    try {
      await onConfirm()
      onOpenChange(false)
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      size="small"
      isAlert
      {...(cancel && { cancel })}
      footer={
        // Enter says yes, but never to what cannot be undone.
        <Button
          autoFocus={!isDanger}
          variant={isDanger ? 'danger' : 'primary'}
          isPending={isPending}
          onPress={run}
        >
          {confirm}
        </Button>
      }
    >
      {children}
      {error !== null && <ErrorNote error={error} />}
    </Dialog>
  )
}
