import { Check, type LucideIcon } from 'lucide-react'
import { type ReactElement, type ReactNode, useId, useMemo } from 'react'
import { Header } from 'react-aria-components/Header'
import {
  type MenuItemProps as AriaItemProps,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  type MenuSectionProps as AriaSectionProps,
  MenuTrigger,
} from 'react-aria-components/Menu'
import { Popover, type PopoverProps } from 'react-aria-components/Popover'
import { Separator } from 'react-aria-components/Separator'
import { Text } from 'react-aria-components/Text'
import { cx } from './cx'
import { Kbd } from './Kbd'
import styles from './Overlay.module.css'

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement
  label: string
  placement?: PopoverProps['placement']
  /** Whose menu it is, or what it is about. */
  title?: string
  /** What one should know before one chooses. */
  note?: string
  children: ReactNode
}

export function Menu({ trigger, label, placement = 'bottom start', title, note, children }: MenuProps) {
  const noteId = useId()
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover ?? ''} placement={placement} offset={4}>
        {title && <p className={styles.title}>{title}</p>}
        <AriaMenu className={styles.list ?? ''} aria-label={label} aria-describedby={note && noteId}>
          {children}
        </AriaMenu>
        {note && (
          <p id={noteId} className={styles.note}>
            {note}
          </p>
        )}
      </Popover>
    </MenuTrigger>
  )
}

interface MenuAtProps extends Pick<MenuProps, 'label' | 'placement' | 'children'> {
  /** What it stands beside. */
  anchor: Element
  onClose: () => void
}

/** A menu that something else opened: a key, the right mouse button. */
export function MenuAt({ anchor, label, placement = 'bottom end', onClose, children }: MenuAtProps) {
  const triggerRef = useMemo(() => ({ current: anchor }), [anchor])
  return (
    <Popover
      className={styles.popover ?? ''}
      placement={placement}
      offset={4}
      triggerRef={triggerRef}
      isOpen
      onOpenChange={onClose}
    >
      <AriaMenu className={styles.list ?? ''} aria-label={label} autoFocus="first" onClose={onClose}>
        {children}
      </AriaMenu>
    </Popover>
  )
}

interface MenuItemProps extends Omit<AriaItemProps, 'className' | 'style' | 'children'> {
  icon?: LucideIcon | undefined
  shortcut?: string | undefined
  description?: ReactNode
  isDanger?: boolean
  children: string
}

export function MenuItem({ icon: Icon, shortcut, description, isDanger, children, ...rest }: MenuItemProps) {
  return (
    <AriaMenuItem {...rest} textValue={children} className={cx(styles.item, isDanger && styles.danger)}>
      {({ selectionMode }) => (
        <>
          {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
          <span className={styles.words}>
            <Text slot="label">{children}</Text>
            {description && (
              <Text slot="description" className={styles.description}>
                {description}
              </Text>
            )}
          </span>
          {shortcut && <Kbd keys={shortcut} />}
          {selectionMode !== 'none' && <Check size={16} className={styles.check} aria-hidden="true" />}
        </>
      )}
    </AriaMenuItem>
  )
}

interface MenuSectionProps extends Omit<AriaSectionProps<object>, 'className' | 'style' | 'children'> {
  title?: string
  children: ReactNode
}

/** Give it `selectionMode="single"`, `selectedKeys` and `onSelectionChange` to make a choice of it. */
export function MenuSection({ title, children, ...rest }: MenuSectionProps) {
  return (
    <AriaMenuSection {...rest}>
      {title && <Header className={styles.heading ?? ''}>{title}</Header>}
      {children}
    </AriaMenuSection>
  )
}

export function MenuSeparator() {
  return <Separator className={styles.separator ?? ''} />
}
