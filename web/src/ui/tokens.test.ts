import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

// AA is 4.5 for text and 3 for what is not text; the words of messages get AAA.
const css = readFileSync('src/ui/tokens.css', 'utf8')
const surfaces = ['surface-0', 'surface-1', 'surface-2', 'surface-3', 'surface-raised']
const pairs: [string, string[], number][] = [
  ['text-strong', [...surfaces, 'bubble-out', 'note-soft', 'accent-soft'], 7],
  ['text-normal', surfaces, 7],
  ['text-muted', surfaces, 4.5],
  ['accent', ['surface-0', 'surface-1', 'surface-2', 'surface-raised'], 4.5],
  ['accent-strong', ['accent-soft'], 4.5],
  ['danger', ['danger-soft', 'surface-0', 'surface-1', 'surface-raised'], 4.5],
  ['warning', ['warning-soft', 'surface-0', 'surface-1', 'surface-raised'], 4.5],
  ['success', ['success-soft', 'surface-1', 'surface-raised'], 4.5],
  ['note', ['note-soft'], 4.5],
  ['reopened', ['reopened-soft', 'surface-1', 'surface-raised'], 4.5],
  ['on-fill', ['accent-fill', 'accent-fill-hover', 'danger-fill', 'danger-fill-hover'], 4.5],
  ['on-inverse', ['inverse'], 4.5],
  ['line-control', ['surface-1', 'surface-raised'], 3],
  ['focus', surfaces, 3],
  ...['grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'].map(
    (colour): [string, string[], number] => [
      `tag-${colour}`,
      ['surface-1', 'surface-3', 'surface-raised'],
      3,
    ],
  ),
]

describe.each(['light', 'dark'] as const)('%s', theme => {
  test.each(pairs)('%s', (text, backgrounds, least) => {
    for (const background of backgrounds) {
      const ratio = contrast(token(text, theme), token(background, theme))
      expect.soft(ratio, `${text} on ${background} is ${ratio.toFixed(2)}`).toBeGreaterThanOrEqual(least)
    }
  })
})

function token(name: string, theme: 'light' | 'dark'): string {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1] ?? ''
  const colours = value.match(/#[0-9a-f]{6}/g) ?? []
  const found = theme === 'light' ? colours[0] : (colours[1] ?? colours[0])
  if (!found) throw new Error(`--${name} has no colour`)
  return found
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
