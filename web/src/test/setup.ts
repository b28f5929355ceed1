import { cleanup } from '@testing-library/react'
import { afterEach, beforeAll } from 'vitest'
import { loadMessages, speak } from '@/i18n'

beforeAll(async () => {
  speak('en')
  await loadMessages('en')
})

afterEach(cleanup)
