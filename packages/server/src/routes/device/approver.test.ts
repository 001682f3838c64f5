// Guesses of user codes, where looking at one takes its time.

import type { DeviceLogin, Outcome } from '@keywright/core'
import { TestClock } from '@keywright/core/testing'
import { expect, it } from 'vitest'
import type { Door } from '../../door/door.ts'
import { loginAttempts } from '../../door/login-attempts.ts'
import { TrustedProxies } from '../../request/trusted-proxies.ts'
import { guarded } from './approver.ts'

type Found = Outcome<{ readonly login: DeviceLogin }>

function opened() {
  const door = { loginAttempts: loginAttempts(new TestClock()), proxies: new TrustedProxies([]) }
  const raw = { socket: { remoteAddress: '192.0.2.1' }, headers: {} }
  return (work: () => Promise<Found>) =>
    guarded(door as unknown as Door, { raw } as unknown as Parameters<typeof guarded>[1], work)
}

it('of guesses that wait for the database together, ten are looked at (row 52)', async () => {
  const guard = opened()
  const database = Promise.withResolvers<Found>()
  let looks = 0
  const answers = Array.from({ length: 50 }, () =>
    guard(() => {
      looks += 1
      return database.promise
    }),
  )
  database.resolve({ ok: false, code: 'user_code_not_found', detail: 'No device waits.' })
  const codes = (await Promise.all(answers)).map((answer) => (answer.ok ? 'ok' : answer.code))
  expect(looks).toBe(10)
  expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(40)
})

it('right codes and failures of ours are no guesses', async () => {
  const guard = opened()
  const login = {} as DeviceLogin
  for (let count = 0; count < 20; count += 1) {
    expect((await guard(async () => ({ ok: true, login }))).ok).toBe(true)
    await expect(guard(() => Promise.reject(new Error('away')))).rejects.toThrow('away')
  }
})
