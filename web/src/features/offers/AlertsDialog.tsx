import { useState } from 'react'
import { useSession } from '@/features/signin/session'
import { locale } from '@/i18n'
import { m } from '@/i18n/pages'
import { Button, Dialog, Switch } from '@/ui'
import styles from './AlertsDialog.module.css'
import { askForNotifications, notificationState } from './notify'
import { changeAlerts, useAlerts } from './preferences'
import { ping, ring } from './sound'

/** How this browser calls when there is an offer. */
export default function AlertsDialog({ onClose }: { onClose: () => void }) {
  const { offer_sound_repeat_s: seconds } = useSession().settings
  const { sound, messageSound, quietWhileWriting, volume, repeat } = useAlerts()
  return (
    <Dialog title={m.offers_alerts()} size="small" isOpen onOpenChange={onClose}>
      <div className={styles.body}>
        <p className={styles.help}>{m.offers_alerts_help()}</p>
        <Switch
          label={m.offers_sound()}
          isSelected={sound}
          onChange={isOn => {
            changeAlerts({ sound: isOn })
            if (isOn) ring(volume)
          }}
        />
        <Switch
          label={m.offers_sound_messages()}
          isSelected={messageSound}
          onChange={isOn => {
            changeAlerts({ messageSound: isOn })
            if (isOn) ping(volume)
          }}
        />
        <div className={styles.volume}>
          <label htmlFor="alerts-volume">{m.offers_volume()}</label>
          <input
            id="alerts-volume"
            type="range"
            min={0.1}
            max={1}
            step={0.1}
            value={volume}
            disabled={!sound && !messageSound}
            aria-valuetext={volume.toLocaleString(locale(), { style: 'percent' })}
            onChange={event => changeAlerts({ volume: Number(event.target.value) })}
          />
          <Button
            size="small"
            isDisabled={!sound && !messageSound}
            onPress={() => (sound ? ring(volume) : ping(volume))}
          >
            {m.offers_try()}
          </Button>
        </div>
        <Switch
          label={m.offers_repeat({ seconds })}
          description={seconds === 0 ? m.offers_repeat_off() : undefined}
          isSelected={repeat && seconds > 0}
          isDisabled={!sound || seconds === 0}
          onChange={isOn => changeAlerts({ repeat: isOn })}
        />
        <Notifications />
        <Switch
          label={m.offers_quiet()}
          description={m.offers_quiet_help()}
          isSelected={quietWhileWriting}
          onChange={isOn => changeAlerts({ quietWhileWriting: isOn })}
        />
      </div>
    </Dialog>
  )
}

function Notifications() {
  const { notifications } = useAlerts()
  const [state, setState] = useState(notificationState)
  const remark =
    state === 'missing'
      ? m.offers_notifications_missing()
      : state === 'denied'
        ? m.offers_notifications_denied()
        : undefined
  return (
    <Switch
      label={m.offers_notifications()}
      description={remark}
      isSelected={notifications && state === 'granted'}
      isDisabled={state === 'missing' || state === 'denied'}
      onChange={async isOn => {
        changeAlerts({ notifications: isOn })
        if (isOn && state === 'default') {
          await askForNotifications()
          setState(notificationState())
        }
      }}
    />
  )
}
