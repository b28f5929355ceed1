const key = (of: string) => (of === 'saved_views' ? 'pronto.views-height' : `pronto.${of}-height`)

/** As high as the saved views were when they last stood there, lest they push the rows down when they come. */
export function ViewsPlace({ of }: { of: string }) {
  const height = Number(localStorage.getItem(key(of))) || 0
  return height > 0 ? <div style={{ height }} aria-hidden="true" /> : null
}

export function rememberHeight(of: string, height: number): void {
  localStorage.setItem(key(of), String(height))
}
