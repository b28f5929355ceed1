// What a browser downloads until an agent's list is usable: the entry, the frame, the list and one language.
// Fails above the budget of the design: script 200 kB, everything 300 KiB, both compressed.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
const limits = { script: 200_000, all: 300 * 1024 }

const starts = [
  'index.html',
  'src/app.tsx',
  'src/features/frame/Frame.tsx',
  'src/features/interactions/InteractionsPage.tsx',
]
const languages = Object.keys(manifest).filter(key => /^src\/paraglide\/messages\/\w+\.js$/.test(key))
const largest = languages.sort((a, b) => size(manifest[b].file) - size(manifest[a].file))[0]

const files = new Set(['index.html'])
for (const start of [...starts, largest]) collect(start)

const rows = [...files].map(file => [file, size(file)]).sort((a, b) => b[1] - a[1])
const script = sum(rows.filter(([file]) => file.endsWith('.js')))
const all = sum(rows)
for (const [file, bytes] of rows) console.log(`${kB(bytes).padStart(9)}  ${file}`)
console.log(`${kB(script).padStart(9)}  script, of ${kB(limits.script)}`)
console.log(`${kB(all).padStart(9)}  everything, of ${kB(limits.all)}`)
if (script > limits.script || all > limits.all) {
  console.error('The first screen is over its budget.')
  process.exit(1)
}

function collect(key) {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`${key} is not in the manifest: did it move?`)
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  for (const file of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file)
  for (const imported of chunk.imports ?? []) collect(imported)
}

/** Fonts are compressed already. */
function size(file) {
  const bytes = readFileSync(new URL(file, dist))
  return file.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length
}

function sum(rows) {
  return rows.reduce((total, [, bytes]) => total + bytes, 0)
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}
