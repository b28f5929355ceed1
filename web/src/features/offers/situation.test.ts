import { expect, test } from 'vitest'
import type { Alerts } from './preferences'
import { callFor } from './situation'

const all: Alerts = {
  sound: true,
  messageSound: true,
  quietWhileWriting: false,
  volume: 1,
  repeat: true,
  notifications: true,
  isAsked: false,
}
const away = { isLookedAt: false, isWriting: false, isOnScreen: false }
const here = { isLookedAt: true, isWriting: false, isOnScreen: false }

test('away from the desk both call, and the browser says so', () => {
  expect(callFor('offer', all, away)).toEqual({ sounds: true, notifies: true })
  expect(callFor('message', all, away)).toEqual({ sounds: true, notifies: true })
})

test('at the desk nothing is notified, and what one is reading makes no sound', () => {
  expect(callFor('offer', all, here)).toEqual({ sounds: true, notifies: false })
  expect(callFor('message', all, here)).toEqual({ sounds: true, notifies: false })
  expect(callFor('message', all, { ...here, isOnScreen: true })).toEqual({ sounds: false, notifies: false })
  // In a tab in the back the conversation on screen is not read.
  expect(callFor('message', all, { ...away, isOnScreen: true }).sounds).toBe(true)
})

test('whoever wants no disturbance while writing has none, at the desk', () => {
  const quiet = { ...all, quietWhileWriting: true }
  expect(callFor('offer', quiet, { ...here, isWriting: true })).toEqual({ sounds: false, notifies: false })
  expect(callFor('offer', quiet, here).sounds).toBe(true)
  expect(callFor('offer', quiet, { ...away, isWriting: true }).notifies).toBe(true)
})

test('each sound and the notifications are switched off by themselves', () => {
  expect(callFor('offer', { ...all, sound: false }, away)).toEqual({ sounds: false, notifies: true })
  expect(callFor('message', { ...all, sound: false }, away).sounds).toBe(true)
  expect(callFor('message', { ...all, messageSound: false }, away).sounds).toBe(false)
  expect(callFor('offer', { ...all, notifications: false }, away)).toEqual({ sounds: true, notifies: false })
})
