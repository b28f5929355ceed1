import type { Selected } from './format'

/**
 * Changes what stands in a text field as if it had been typed: one step of its undo. Only the part that differs is
 * replaced.
 */
export function replaceText(input: HTMLTextAreaElement, next: Selected): void {
  const { value } = input
  const [from, until] = difference(value, next.text)
  const part = next.text.slice(from, next.text.length - (value.length - until))
  input.focus()
  input.setSelectionRange(from, until)
  // Deprecated and without successor: nothing else keeps the browser's undo.
  const isTyped =
    typeof document.execCommand === 'function' &&
    (part ? document.execCommand('insertText', false, part) : document.execCommand('delete'))
  if (!isTyped) {
    input.setRangeText(part, from, until, 'end')
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
  input.setSelectionRange(next.start, next.end)
}

function difference(before: string, after: string): [from: number, until: number] {
  let from = 0
  while (from < before.length && from < after.length && before[from] === after[from]) from++
  let until = before.length
  let end = after.length
  while (until > from && end > from && before[until - 1] === after[end - 1]) {
    until--
    end--
  }
  return [from, until]
}
