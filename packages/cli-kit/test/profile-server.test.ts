// A profile is a credential and the server that it is for: no login tears the two apart.

import { expect, test } from 'vitest'
import { ACME } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const FILE = '.config/acme/config.json'

async function withTwo() {
  const [first, again, other] = [newSecret('acme_pk'), newSecret('acme_pk'), newSecret('acme_pk')]
  const work = await startProduct([first, again])
  const elsewhere = await startProduct([other])
  const home = new Home()
  const profiles = {
    work: { api_key: first, server_url: work.url },
    play: { api_key: other, server_url: elsewhere.url },
  }
  await home.put({ [FILE]: JSON.stringify({ active: 'play', profiles }) })
  const logIn = (...flags: string[]) =>
    home.play(ACME, { args: ['login', '--store', 'file', '--with-token', ...flags], piped: again })
  const stored = (name: string): unknown =>
    (JSON.parse(home.read(FILE)) as { profiles: Record<string, unknown> }).profiles[name]
  return { again, work, elsewhere, logIn, stored }
}

test('a login to a profile asks the server of that profile, and not that of the one in force', async () => {
  const { again, work, elsewhere, logIn, stored } = await withTwo()
  expect((await logIn('--profile', 'work')).exit).toBe(0)
  expect(elsewhere.asked).toEqual([])
  expect(stored('work')).toEqual({ api_key: again, server_url: work.url })
})

test('a profile that is new gets the server of the one in force', async () => {
  const { elsewhere, logIn, stored } = await withTwo()
  expect((await logIn('--profile', 'new', '--no-verify')).exit).toBe(0)
  expect(stored('new')).toMatchObject({ server_url: elsewhere.url })
})

test('a login at the own server of the product leaves no other server beside it', async () => {
  const { again, logIn, stored } = await withTwo()
  const server = ACME.brand.server.default
  await logIn('--profile', 'work', '--no-verify', '--server-url', String(server))
  expect(stored('work')).toEqual({ api_key: again })
})
