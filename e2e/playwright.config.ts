import { defineConfig } from '@playwright/test'
import { browser } from './harness/browser.ts'

export default defineConfig({
  testDir: 'stories',
  outputDir: 'results',
  // Each story has a server and a browser of its own; two at a time keep two cores busy.
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: { ...browser, screenshot: 'only-on-failure', trace: 'retain-on-failure' },
})
