import { memo, Suspense, useState } from 'react'
import { m } from '@/i18n/pages'
import { later } from '@/ui/later'
import { Tab, TabList, TabPanel, Tabs } from '@/ui/Tabs'
import { ContactPanel } from './ContactPanel'
import { FactsSkeleton } from './Facts'
import { InteractionPanel } from './InteractionPanel'
import styles from './Sidebar.module.css'

const Journey = later(() => import('@/features/journey/Journey'))

type Pane = 'contact' | 'interaction' | 'journey'

// Kept while one goes from tab to tab: who compares journeys looks at journeys.
let lastPane: Pane = 'contact'

/** Contact, interaction and customer journey beside the thread. Fills what it is put in. */
export const Sidebar = memo(function Sidebar({ interactionId }: { interactionId: number }) {
  const [pane, setPane] = useState(lastPane)
  return (
    <div className={styles.sidebar}>
      <Tabs
        className={styles.tabs ?? ''}
        selectedKey={pane}
        onSelectionChange={key => {
          lastPane = key as Pane
          setPane(lastPane)
        }}
      >
        <TabList aria-label={m.sidebar_label()}>
          <Tab id="contact">{m.sidebar_contact()}</Tab>
          <Tab id="interaction">{m.sidebar_interaction()}</Tab>
          <Tab id="journey">{m.sidebar_journey()}</Tab>
        </TabList>
        <TabPanel id="contact">
          <ContactPanel key={interactionId} interactionId={interactionId} />
        </TabPanel>
        <TabPanel id="interaction">
          <InteractionPanel key={interactionId} interactionId={interactionId} />
        </TabPanel>
        <TabPanel id="journey">
          <Suspense fallback={<FactsSkeleton />}>
            <Journey key={interactionId} of={{ interaction: interactionId }} hereId={interactionId} />
          </Suspense>
        </TabPanel>
      </Tabs>
    </div>
  )
})
