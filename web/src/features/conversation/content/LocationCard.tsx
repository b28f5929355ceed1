import { MapPin } from 'lucide-react'
import type { Content } from '@/api/types'
import { m } from '@/i18n/pages'
import { CopyButton } from '@/ui/CopyButton'
import styles from './Location.module.css'
import { MapDrawing } from './MapDrawing'

type Location = Extract<Content, { type: 'location' }>

/** Where somebody is. The card is drawn here: no map of others learns about our customers unless one asks for it. */
export function LocationCard({ location }: { location: Location }) {
  const { latitude, longitude, name, address } = location
  const coordinates = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
  return (
    <div className={styles.card}>
      <div className={styles.map}>
        <MapDrawing seed={Math.abs(Math.round((latitude + longitude * 7) * 1000))} />
        <MapPin className={styles.pin} size={32} strokeWidth={1.75} aria-hidden="true" />
      </div>
      <p className={styles.name}>{name || m.conversation_location()}</p>
      {address && <p className={styles.address}>{address}</p>}
      <div className={styles.foot}>
        <span className={styles.coordinates}>{coordinates}</span>
        <CopyButton text={coordinates} label={m.conversation_copy_coordinates()} />
        <a href={map} target="_blank" rel="noreferrer noopener">
          {m.conversation_map()}
        </a>
      </div>
    </div>
  )
}
