// How messages/ is compiled; used by Vite and, run by itself, by `npm run messages`.
import { pathToFileURL } from 'node:url'
import { compile } from '@inlang/paraglide-js'

const shared = {
  // One module per locale, so that a browser downloads only the one that is spoken (src/i18n/messages.ts).
  outputStructure: /** @type {const} */ ('locale-modules'),
  strategy: /** @type {('globalVariable' | 'baseLocale')[]} */ (['globalVariable', 'baseLocale']),
  emitReadme: false,
  emitPrettierIgnore: false,
  emitGitIgnore: false,
}

/** @type {Parameters<typeof compile>[0][]} */
export const projects = [
  { ...shared, project: './project.inlang', outdir: './src/paraglide' },
  // What one reads after the list: see src/i18n/pages.ts.
  { ...shared, project: './pages.inlang', outdir: './src/paraglide-pages' },
  // What only administrators read: agents never download it.
  { ...shared, project: './admin.inlang', outdir: './src/paraglide-admin' },
]

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const project of projects) await compile(project)
}
