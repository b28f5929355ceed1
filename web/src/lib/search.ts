/** Without accents and capitals, for finding by name on this page; the server folds its own. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
