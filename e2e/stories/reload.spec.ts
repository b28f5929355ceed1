import { expect, test } from '../harness/index.ts'

test('a reload keeps the tabs, the place in them and what was being written', async ({ as, phones }) => {
  const marta = await as('marta')
  await marta.open('/')
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  const piet = await phones.add('Piet Jansen', '+31 6 5550 1234')
  await phones.write(nora, 'First')
  await marta.accept('Nora Keller')
  await phones.write(piet, 'Second')
  await marta.accept('Piet Jansen')

  await marta.composer('Piet Jansen').fill('Half a sentence')
  await marta.tab('Nora Keller').click()
  await marta.composer('Nora Keller').fill('Another half')
  await expect.poll(() => marta.page.evaluate(keptHere)).toContain('Another half')
  await marta.page.reload()
  await marta.isLive()

  await expect(marta.composer('Nora Keller')).toHaveValue('Another half')
  await expect(marta.tabs.getByRole('link')).toHaveCount(2)
  await marta.tab('Piet Jansen').click()
  await expect(marta.composer('Piet Jansen')).toHaveValue('Half a sentence')
})

/** Everything the page has put away in the browser, as one text. */
async function keptHere(): Promise<string> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const kept: unknown[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name))
    for (const store of database.objectStoreNames) {
      kept.push(await done(database.transaction(store).objectStore(store).getAll()))
    }
    database.close()
  }
  return JSON.stringify(kept)
}
