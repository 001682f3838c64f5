// What happens once in the login of a device happens once, whoever comes first: fifty at once, a hundred rounds. The
// database is in memory: a commit there is as single as in a file, and costs no wait for a disk.

import { describe, expect, it } from 'vitest'
import { good } from '../people/lab.ts'
import { codeOf } from '../world/open-world.ts'
import { errorOf, handed, openStudio } from './studio.ts'

const ROUNDS = 100
const CALLS = 50

/** The same call fifty times at once. */
function atOnce<Result>(call: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: CALLS }, (_, index) => call(index)))
}

describe('of fifty at once, in a hundred rounds', () => {
  it('one session owns a code, and every other is refused (row 51)', async () => {
    const { login, join, session, start } = await openStudio({ database: ':memory:' })
    const people = await atOnce((index) => join(`p${index}`))
    for (let round = 0; round < ROUNDS; round += 1) {
      const { userCode: typed } = await start()
      const claims = await Promise.all(
        people.map((person) => codeOf(login.device.claim(session(person), { typed }))),
      )
      expect(claims.filter((code) => code === 'ok')).toHaveLength(1)
      expect(new Set(claims)).toEqual(new Set(['ok', 'user_code_claimed']))
    }
  })

  it('one decision counts, and it is what the program hears', async () => {
    const studio = await openStudio({ database: ':memory:' })
    const { clock, login, join, session, start, poll } = studio
    const who = session(await join('ada'))
    for (let round = 0; round < ROUNDS; round += 1) {
      const { deviceCode, userCode } = await start({ deviceName: `machine ${round}` })
      await good(login.device.claim(who, { typed: userCode }))
      const decisions = await atOnce(async (index) => {
        const decision = (index + round) % 2 === 0 ? 'approved' : 'denied'
        return { decision, code: await codeOf(login.device.decide(who, { userCode, decision })) }
      })
      const won = decisions.filter(({ code }) => code === 'ok')
      expect(won).toHaveLength(1)
      clock.advance(5000)
      const heard = errorOf(await poll(deviceCode))
      expect(heard).toBe(won[0]?.decision === 'approved' ? 'ok' : 'access_denied')
    }
  })

  it('one poll gets the key of an approved login, and there is one key', async () => {
    const { authority, login, join, session, start, poll } = await openStudio({
      database: ':memory:',
    })
    const ada = await join('ada')
    const who = session(ada)
    for (let round = 0; round < ROUNDS; round += 1) {
      const { deviceCode, userCode } = await start({ deviceName: `machine ${round}` })
      await good(login.device.claim(who, { typed: userCode }))
      await good(login.device.decide(who, { userCode, decision: 'approved' }))
      const answers = await atOnce(() => poll(deviceCode))
      const [won, ...others] = answers.filter(({ ok }) => ok)
      expect(others).toEqual([])
      handed(won as (typeof answers)[number])
    }
    const { keys } = await good(authority.asPerson(ada.id).keys.list({ limit: 100 }))
    expect(keys).toHaveLength(ROUNDS)
  })
})
