import { useState } from 'react'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { askForNotifications, notificationState } from './notify'
import styles from './Offers.module.css'
import { changeAlerts, useAlerts } from './preferences'

/** Asked under the first offer, where one sees what it is about; never by itself, never again after a no. */
export function AskPermission() {
  const { isAsked, notifications } = useAlerts()
  const [state, setState] = useState(notificationState)
  if (state !== 'default' || isAsked || !notifications) return null
  return (
    <div className={styles.ask}>
      <p>{m.offers_ask()}</p>
      <Button
        size="small"
        onPress={async () => {
          await askForNotifications()
          setState(notificationState())
        }}
      >
        {m.offers_ask_yes()}
      </Button>
      <Button size="small" variant="quiet" onPress={() => changeAlerts({ isAsked: true })}>
        {m.offers_ask_no()}
      </Button>
    </div>
  )
}
