// What happens once happens once: fifty machines with one code, a hundred rounds. The database is in memory: a commit
// there is as single as in a file, and costs no wait for a disk.

import { describe, expect, it } from 'vitest'
import { good } from '../people/lab.ts'
import { acme } from '../world/definitions.ts'
import { codeOf, openWorld, verdict } from '../world/open-world.ts'
import { codeIn, pickUp } from './sent.ts'

const ROUNDS = 100
const CALLS = 50
const resource = 'organizations/o1'

function atOnce<Result>(call: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: CALLS }, (_, index) => call(index)))
}

describe('of fifty at once, in a hundred rounds', () => {
  it('one machine gets the key of a code, and the others end it', async () => {
    const { authority } = await openWorld(acme, { database: ':memory:' })
    for (let round = 0; round < ROUNDS; round += 1) {
      const code = await codeIn(authority.pickups.create('org', { resource }))
      const answers = await atOnce(() => pickUp(authority, code))
      const won = answers.filter(({ ok }) => ok)
      expect(won).toHaveLength(1)
      const codes = await Promise.all(answers.map((answer) => codeOf(Promise.resolve(answer))))
      expect(new Set(codes)).toEqual(new Set(['ok', 'pickup_not_found']))
      const secrets = won.map((answer) => (answer.ok ? answer.secret : ''))
      expect(await verdict({ authority }, secrets.join())).toBe('key_revoked')
    }
    const { keys } = await good(authority.keys.list({ limit: 100 }))
    expect(keys).toHaveLength(ROUNDS)
    const { events } = await good(authority.events.list({ type: 'pickup.replayed', limit: 100 }))
    expect(events).toHaveLength(ROUNDS)
  })

  it('a code is picked up or taken back, and never both', async () => {
    const { authority } = await openWorld(acme, { database: ':memory:' })
    const { pickups } = authority
    for (let round = 0; round < ROUNDS; round += 1) {
      const { pickup, code } = await good(pickups.create('org', { resource }))
      const text = await codeIn(Promise.resolve({ ok: true, pickup, code }))
      const [back, ...tries] = await atOnce(async (index) =>
        index === 0 ? pickups.revoke(pickup.id) : pickUp(authority, text),
      )
      const isBack = back?.ok === true
      expect(tries.filter(({ ok }) => ok)).toHaveLength(isBack ? 0 : 1)
    }
  })
})
