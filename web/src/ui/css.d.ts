import 'react'

declare module 'react' {
  // Custom properties carry numbers from components to their styles.
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined
  }
}
