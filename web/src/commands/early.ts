// Keys that are pressed on the first screen before the commands are there: a moment later they do what they mean.
const pressed: KeyboardEvent[] = []
let isOver = false

/** From the first screen on. */
export function hearEarly(): void {
  if (!isOver) document.addEventListener('keydown', keep)
}

/** From now on the caller listens. */
export function endEarly(): void {
  isOver = true
  document.removeEventListener('keydown', keep)
}

/** What was pressed first of what has not had its turn. */
export function takeEarly(): KeyboardEvent | undefined {
  return pressed.shift()
}

/** A key pressed while others wait for their turn waits behind them; false if none do. */
export function waitsBehind(event: KeyboardEvent): boolean {
  if (pressed.length === 0) return false
  keep(event)
  return true
}

function keep(event: KeyboardEvent): void {
  pressed.push(event)
}
