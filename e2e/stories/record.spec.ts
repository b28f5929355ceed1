import { readFile } from 'node:fs/promises'
import { en, expect, test } from '../harness/index.ts'
import { unzip } from '../harness/zip.ts'

test('an interaction is downloaded and read, and the journey of its customer followed', async ({
  as,
  conversation,
}) => {
  const { marta } = await conversation('Is the <b>blue</b> one in stock?')
  await marta.send('Nora Keller', 'Yes, three of them.')
  const id = /\/interactions\/(\d+)/.exec(marta.page.url())?.[1] ?? ''

  // Agents of the demo may not take conversations with them; who administers it may.
  await marta.button('conversation_more').click()
  await expect(marta.page.getByRole('menuitem', { name: en.like('contact_open') })).toBeVisible()
  await expect(marta.page.getByRole('menuitem', { name: en.like('record_download') })).toBeHidden()
  await marta.page.keyboard.press('Escape')

  const elena = await as('admin', { acceptDownloads: true })
  const { page } = elena
  await elena.open(`/interactions/${id}`)
  await expect(elena.message('Yes, three of them.')).toBeVisible()
  await elena.button('conversation_more').click()
  await page.getByRole('menuitem', { name: en.like('record_download') }).click()
  const dialog = page.getByRole('dialog', { name: en.say('record_title', { id }) })
  await expect(dialog.getByText(en.say('record_none'))).toBeVisible()
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: en.like('record_start') }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe(`interaction-${id}.zip`)
  await expect(dialog).toBeHidden()
  const files = unzip(await readFile(await download.path()))
  expect([...files.keys()]).toEqual(['transcript.html', 'transcript.json'])
  const html = files.get('transcript.html')?.toString() ?? ''
  expect(html).toContain('Is the &lt;b&gt;blue&lt;/b&gt; one in stock?')
  expect(html).toContain('Accepted by Marta')
  const told = JSON.parse(files.get('transcript.json')?.toString() ?? '') as { messages: { text: string }[] }
  expect(told.messages.map(({ text }) => text)).toContain('Yes, three of them.')

  // The page stands by itself, and nothing in it runs.
  const reader = await page.context().newPage()
  await reader.setContent(html)
  await expect(reader.getByText('Is the <b>blue</b> one in stock?')).toBeVisible()
  await reader.close()

  await page.getByRole('tab', { name: en.say('sidebar_journey') }).click()
  const journey = page.getByRole('region', { name: en.say('journey_label') })
  await expect(journey.getByText(en.say('journey_here'))).toBeVisible()
  await journey.getByRole('button', { name: en.say('journey_details_of', { id }) }).click()
  await expect(journey.getByText(en.say('journey_queue'), { exact: true })).toBeVisible()

  await page.getByRole('tab', { name: en.say('sidebar_contact') }).click()
  await page.getByRole('link', { name: en.say('contact_open') }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Nora Keller' })).toBeVisible()
  await journey.getByRole('link').first().click()
  await expect(elena.message('Yes, three of them.')).toBeVisible()
})
