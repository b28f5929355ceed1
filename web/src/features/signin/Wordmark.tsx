import styles from './SignIn.module.css'

export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg className={styles.mark} width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path d="M8 3h16a6 6 0 0 1 6 6v10a6 6 0 0 1-6 6H13l-6.4 4.6A1 1 0 0 1 5 28.800v-4.600A6 6 0 0 1 2 19V9a6 6 0 0 1 6-6Z" />
      <path className={styles.tick} d="m10 14.500 4.500 4.500L22.500 10" />
    </svg>
  )
}

export function Wordmark() {
  return (
    <p className={styles.wordmark}>
      <Mark />
      Pronto
    </p>
  )
}
