import {
  Tab as AriaTab,
  TabList as AriaTabList,
  TabPanel as AriaTabPanel,
  Tabs as AriaTabs,
  type TabListProps,
  type TabPanelProps,
  type TabProps,
  type TabsProps,
} from 'react-aria-components/Tabs'
import { cx } from './cx'
import styles from './Tabs.module.css'

type Plain<P> = Omit<P, 'className' | 'style'> & { className?: string }

/** Panes of one thing (not the strip of open interactions). */
export function Tabs({ className, ...rest }: Plain<TabsProps>) {
  return <AriaTabs {...rest} className={cx(styles.tabs, className)} />
}

export function TabList({ className, ...rest }: Plain<TabListProps<object>>) {
  return <AriaTabList {...rest} className={cx(styles.list, className)} />
}

export function Tab({ className, ...rest }: Plain<TabProps>) {
  return <AriaTab {...rest} className={cx(styles.tab, className)} />
}

export function TabPanel({ className, ...rest }: Plain<TabPanelProps>) {
  return <AriaTabPanel {...rest} className={cx(styles.panel, className)} />
}
