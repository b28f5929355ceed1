// The ordered steps of an account's flow. Pure.
import type { Account, FlowStep } from '@/api/types'

export function changeStep(steps: readonly FlowStep[], index: number, change: Partial<FlowStep>): FlowStep[] {
  const step = steps[index]
  return step ? steps.with(index, { ...step, ...change }) : [...steps]
}

/** The first step that never ends: whatever stands behind it is never reached. */
export function endlessStep(steps: readonly FlowStep[]): number {
  const index = steps.findIndex(step => step.timeout_s === 0)
  return index === steps.length - 1 ? -1 : index
}

export function usesQueue(account: Pick<Account, 'flow' | 'default_queue_id'>, queueId: number): boolean {
  return account.default_queue_id === queueId || account.flow.some(step => step.queue_id === queueId)
}
