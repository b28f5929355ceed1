/// <reference types="vitest/config" />

import { fileURLToPath } from 'node:url'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { emoji } from './tools/emoji.mjs'
import { projects as messages } from './tools/paraglide.mjs'

const server = process.env.PRONTO_DEV_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  plugins: [
    react(),
    emoji(),
    // Its watcher would keep vitest from ending; there the messages are compiled beforehand.
    ...(process.env.VITEST ? [] : messages.map(project => paraglideVitePlugin(project))),
    // React Aria words things like "Close" in 30 languages; we carry the ones of messages/.
    { ...optimizeLocales.vite({ locales: ['en-US', 'it-IT'] }), enforce: 'pre' },
  ],
  server: {
    proxy: {
      // changeOrigin stays off: the server compares Origin with Host.
      '/api': { target: server, ws: true },
      '/webhooks': { target: server },
      '/simulator': { target: server, ws: true },
    },
  },
  build: {
    manifest: true,
    target: 'es2022',
    cssMinify: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // Read by every screen: one file compresses better than fifty. Not what main.tsx needs before it asks for it.
        codeSplitting: {
          groups: [
            {
              name: 'first',
              test: /preload-helper|\/src\/(i18n\/(index|locale|messages)|lib\/theme)\.ts/,
              priority: 2,
            },
            {
              name: 'base',
              test: /\/src\/(api|lib|live)\/|\/src\/(app|features\/(frame\/Frame|interactions\/InteractionsPage))\.tsx/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['src/test/setup.ts'],
    css: false,
    restoreMocks: true,
  },
})
