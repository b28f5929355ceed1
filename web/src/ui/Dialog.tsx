import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { m } from '@/i18n'
import { Button } from './Button'
import { cx } from './cx'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton'

export interface DialogProps {
  title: string
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** What does it; the way out stands before it. */
  footer?: ReactNode
  /** The way out, where "Cancel" could be misread; none where nothing is to be called off. */
  cancel?: string | null
  /** What else can be done, away from the main button. */
  aside?: ReactNode
  size?: 'small' | 'normal' | 'large'
  /** A question that has to be answered: no click outside closes it. */
  isAlert?: boolean
  children: ReactNode
}

export function Dialog({
  title,
  isOpen,
  onOpenChange,
  footer,
  cancel = m.ui_cancel(),
  aside,
  size = 'normal',
  isAlert = false,
  children,
}: DialogProps) {
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={!isAlert}
    >
      <Modal className={cx(styles.modal, styles[size])}>
        <AriaDialog className={styles.dialog ?? ''} role={isAlert ? 'alertdialog' : 'dialog'}>
          <header className={styles.header}>
            <Heading slot="title" level={2} className={styles.title ?? ''}>
              {title}
            </Heading>
            {!isAlert && (
              <IconButton slot="close" icon={X} label={m.ui_close()} size="small" shortcut="Escape" />
            )}
          </header>
          <div className={styles.body}>{children}</div>
          {footer && (
            <footer className={styles.footer}>
              {aside && <div className={styles.aside}>{aside}</div>}
              {cancel && <Button onPress={() => onOpenChange(false)}>{cancel}</Button>}
              {footer}
            </footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
