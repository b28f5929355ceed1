/** A page that nobody sees paints nothing: what waits for a frame waits no longer than this. */
const patienceMs = 100

/** Runs when what React has just put on the page has been painted; answers how to stop. */
export function afterPaint(run: () => void): () => void {
  let timer = setTimeout(run, patienceMs)
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer)
    // A timer comes after the frame that is being made.
    timer = setTimeout(run)
  })
  return () => {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
  }
}
