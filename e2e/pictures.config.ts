import { defineConfig } from '@playwright/test'
import { browser } from './harness/browser.ts'
import type { Options } from './harness/index.ts'

export default defineConfig<Options>({
  testDir: 'pictures',
  testMatch: '*.ts',
  outputDir: 'results',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { ...browser, viewport: { width: 1280, height: 800 }, emptied: false },
})
