// How soon an agent sees what they asked for, measured inside the page: from the key or the click to the frame that
// shows it. Figures are printed, none is a bound: what a machine does meanwhile is in them.
import { PageClock } from '../harness/clock.ts'
import { expect, test } from '../harness/index.ts'

const many = 10_000
const rounds = Number(process.env.PRONTO_ROUNDS ?? 8)
const big = 'Load 0'
const loader = 'load-0'
const small = 'Piet Jansen'

test('a desk with a very long conversation', async ({ as, phones, server }) => {
  const marta = await as('marta')
  const { page } = marta
  const clock = await PageClock.of(page)
  await marta.open('/')
  const piet = await phones.add(small, '+31 6 5550 1234')
  await phones.flood(1, 1)
  await marta.accept(big)
  const address = new URL(page.url()).pathname
  await phones.write(piet, 'The only one')
  await marta.accept(small)
  const other = new URL(page.url()).pathname
  await page.goto('about:blank')

  await phones.flood(many)
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`${server.url}/api/v1${address}`)
        return ((await answer.json()) as { interaction: { unread: number } }).interaction.unread
      },
      { timeout: 300_000 },
    )
    .toBeGreaterThanOrEqual(many)
  await phones.write(loader, 'The newest of all')

  const cold: number[] = []
  const warm: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    // Everything anew, as in the morning: the desk's script is downloaded, no conversation was ever open.
    await marta.open('/interactions')
    cold.push(await clock.until('The newest of all', () => marta.row(big).click()))
    // The same with another one open, so that only the messages are to be fetched.
    await marta.open(other)
    await expect(marta.message('The only one')).toBeVisible()
    warm.push(await clock.until('The newest of all', () => marta.row(big).click()))
  }
  print('opening it, the conversation’s script included', cold)
  print('opening it', warm)

  const switched: number[] = []
  for (let round = 0; round < rounds * 2; round += 1) {
    switched.push(await clock.until('The only one', () => page.keyboard.press('Alt+2')))
    switched.push(await clock.until('The newest of all', () => page.keyboard.press('Alt+1')))
  }
  print('switching tabs', switched)

  const heard: number[] = []
  for (let round = 0; round < rounds * 2; round += 1) {
    const text = `One more, number ${round}`
    heard.push(await clock.after(text, () => phones.write(loader, text)))
  }
  print('from the phone to the screen', heard)

  const flooding = phones.flood(200, 20)
  await marta.composer(big).focus()
  const { keys, longest } = await clock.typing(() =>
    page.keyboard.type('Nobody who writes shall ever wait for what others are sending. '.repeat(3), {
      delay: 40,
    }),
  )
  await flooding
  print('a key while 20 messages a second come', keys)
  print('the longest task meanwhile', [longest])
})

function print(what: string, ms: readonly number[]): void {
  const sorted = ms.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const figures = [`median ${at(0.5).toFixed(0)}`, `95 % ${at(0.95).toFixed(0)}`, `most ${at(1).toFixed(0)}`]
  console.log(`${what.padEnd(48)} ${figures.join('   ')} ms of ${sorted.length}`)
}
