import { defineConfig } from '@playwright/test'
import { browser } from './harness/browser.ts'

export default defineConfig({
  testDir: 'measures',
  testMatch: '*.ts',
  outputDir: 'results',
  // One after the other: they would measure each other.
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: { ...browser, actionTimeout: 30_000 },
})
