import styles from './Location.module.css'

const width = 300
const height = 128

/** Streets that look like streets: the same place always looks the same. */
export function MapDrawing({ seed }: { seed: number }) {
  const random = randoms(seed)
  const streets = Array.from({ length: 5 }, (_, index) => {
    const isAcross = index % 2 === 0
    const from = random() * (isAcross ? height : width)
    const to = from + (random() - 0.5) * 90
    return isAcross ? `M-10 ${from} L${width + 10} ${to}` : `M${from} -10 L${to} ${height + 10}`
  })
  const river = height * (0.2 + random() * 0.6)
  const bend = (random() - 0.5) * 120
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect className={styles.land} width={width} height={height} />
      <rect
        className={styles.park}
        x={random() * 200}
        y={random() * 60}
        width={70 + random() * 50}
        height={50}
        rx="6"
      />
      <path
        className={styles.river}
        d={`M-10 ${river} C 90 ${river + bend}, 200 ${river - bend}, ${width + 10} ${river + bend / 3}`}
      />
      {streets.map(street => (
        <path key={street} className={styles.street} d={street} />
      ))}
    </svg>
  )
}

function randoms(seed: number): () => number {
  let state = seed + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return (state % 10_000) / 10_000
  }
}
