// An organization with very many keys ends like one with few: by one event and one row, whatever is cached.
// KEYWRIGHT_ENDED_KEYS sets how many; `npm run test:long` ends a million.

import type { NewKey } from '@keywright/core'
import { seededRandom } from '@keywright/core/testing'
import { openStore } from '@keywright/storage'
import { newKey, sequentialIds } from '@keywright/storage/testing'
import { digestSecret, generateSecret, pepperDigest, startOf } from '@keywright/token'
import { expect, it } from 'vitest'
import { rememberSecret } from '../../../tools/canary/registry.ts'
import { pepperOf } from '../src/open/root-key.ts'
import { good } from './people/lab.ts'
import { acme } from './world/definitions.ts'
import { openWorld, verdict } from './world/open-world.ts'

const KEYS = Number(process.env['KEYWRIGHT_ENDED_KEYS'] ?? 4000)
const AT_ONCE = 10_000
/** Verified, and so cached, before the end; no more than a cache has room for. */
const CACHED = Math.min(KEYS / 2, 20_000)
const AGENTS = 1000

const rootKey = '11'.repeat(32)
const resource = 'organizations/o1'

/** Writes keys of an organization's agents past the verbs. Returns the secrets of some, the others nobody ever sees. */
async function fill(path: string): Promise<string[]> {
  const bytes = Buffer.from(rootKey, 'hex')
  const pepper = pepperOf(bytes)
  const random = seededRandom(92)
  const store = await openStore({ path, rootKey: bytes, randomId: sequentialIds('many') })
  const secrets: string[] = []
  for (let first = 0; first < KEYS; first += AT_ONCE) {
    const added: NewKey[] = []
    for (let index = first; index < Math.min(first + AT_ONCE, KEYS); index += 1) {
      const secret = generateSecret('ac_ak_live', random)
      if (secrets.length < CACHED * 2) secrets.push(secret)
      const digest = pepperDigest(digestSecret(secret), pepper)
      const place = `${resource}/agents/a${index % AGENTS}`
      const more = { kind: 'agent', resource: place, mode: 'live', start: startOf(secret) }
      added.push(newKey({ ...more, digest }))
    }
    await store.transact(async (writes) => {
      for (const each of added) await writes.insertKey(each)
    })
  }
  await store.close()
  for (const secret of secrets) rememberSecret(secret)
  return secrets
}

it(`ends ${KEYS} keys of an organization by one event and one row, cached or not (row 92)`, async () => {
  const world = await openWorld(acme, { rootKey })
  await world.authority.close()
  const secrets = await fill(world.database)
  await world.reopen()
  const verdicts = async (some: readonly string[]): Promise<Set<string>> =>
    new Set(await Promise.all(some.map((secret) => verdict(world, secret))))
  const cached = secrets.slice(0, CACHED)
  expect(await verdicts(cached)).toEqual(new Set(['allowed']))
  expect(world.authority.counts().cachedKeys).toBe(CACHED)
  const events = () => Number(world.rows('select count(*) as n from events')[0]?.['n'])
  const before = events()
  await good(world.authority.resources.end(resource))
  expect(events()).toBe(before + 1)
  expect(world.rows('select resource, state from resource_states')).toEqual([
    { resource, state: 'ended' },
  ])
  expect(world.rows('select 1 from keys where revoked_at is not null limit 1')).toEqual([])
  expect(await verdicts(secrets)).toEqual(new Set(['resource_ended']))
}, 600_000)
