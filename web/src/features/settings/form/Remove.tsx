import { useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { type ReactNode, type RefObject, useState } from 'react'
import { isProblem } from '@/api/problem'
import type { InteractionSearch } from '@/features/interactions/search'
import { m } from '@/i18n/admin'
import { Button, ConfirmDialog, toast } from '@/ui'
import type { SectionId } from '../sections'
import { remove, type Stored } from './collection'
import styles from './Form.module.css'

interface Props {
  section: Exclude<SectionId, 'general' | 'blocks' | 'dispositions' | 'contact_fields' | 'contact_lists'>
  stored: Stored
  /** "Remove queue". */
  label: string
  /** "Remove “Sales”?" */
  title: string
  isLeaving: RefObject<boolean>
  /** Where the open work is that stands in the way. */
  openWork?: InteractionSearch
  /** What becomes of what belongs to it. */
  children: ReactNode
}

export function Remove({ section, stored, label, title, isLeaving, openWork, children }: Props) {
  const client = useQueryClient()
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const [isInUse, setInUse] = useState(false)
  const run = async () => {
    try {
      await remove(client, section, stored)
    } catch (problem) {
      setInUse(isProblem(problem, 'in_use') && typeof problem.params.open === 'number')
      throw problem
    }
    isLeaving.current = true
    toast(m.settings_removed(), { tone: 'success' })
    await router.navigate({ to: '/settings/$section', params: { section } })
  }
  return (
    <>
      <Button icon={Trash2} onPress={() => setOpen(true)}>
        {label}
      </Button>
      <ConfirmDialog
        title={title}
        confirm={label}
        isDanger
        isOpen={isOpen}
        onOpenChange={setOpen}
        onConfirm={run}
      >
        <div className={styles.question}>
          {children}
          {isInUse && openWork && (
            <Link to="/interactions" search={openWork}>
              {m.settings_see_open_work()}
            </Link>
          )}
        </div>
      </ConfirmDialog>
    </>
  )
}
