// Keys that are pressed on the first screen before the commands are there: a moment later they do what they mean.
const pressed: KeyboardEvent[] = []
let isOver = false

/** From the first screen on. */
export function hearEarly(): void {
  if (!isOver) document.addEventListener('keydown', keep)
}

/** What was pressed meanwhile; from now on the caller listens. */
export function takeEarly(): readonly KeyboardEvent[] {
  isOver = true
  document.removeEventListener('keydown', keep)
  return pressed.splice(0)
}

function keep(event: KeyboardEvent): void {
  pressed.push(event)
}
