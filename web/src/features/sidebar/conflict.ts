import { isProblem } from '@/api/problem'

/** Whether somebody else saved in between. */
export function isConflict(error: unknown): boolean {
  return isProblem(error) && ['stale_version', 'version_conflict', 'changed_meanwhile'].includes(error.code)
}
