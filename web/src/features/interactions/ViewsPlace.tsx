const key = 'pronto.views-height'

/** As high as the saved views were when they last stood there, lest they push the rows down when they come. */
export function ViewsPlace() {
  const height = Number(localStorage.getItem(key)) || 0
  return height > 0 ? <div style={{ height }} aria-hidden="true" /> : null
}

export function rememberHeight(height: number): void {
  localStorage.setItem(key, String(height))
}
