// Logging in with a browser: approve, redeem, log out.

import { checkAuthorization } from '@keywright/core'
import { describe, expect, it } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { good } from '../people/lab.ts'
import { codeOf, verdict } from '../world/open-world.ts'
import { errorOf, handed, openStudio, studio } from './studio.ts'

describe('a login with a browser', () => {
  it('hands out a personal key that is named after the machine and listed', async () => {
    const { authority, join, codeFor, redeem, steps, clock } = await openStudio()
    const ada = await join('ada')
    const { key, secret } = handed(await redeem(await codeFor(ada)))
    expect(key).toMatchObject({
      kind: 'personal',
      holder: `users/${ada.id}`,
      name: 'ada@laptop',
      createdBy: `users/${ada.id}`,
      parentId: null,
    })
    expect(key.expiresAt).toBe(clock.now() + 90 * 86_400_000)
    expect(await verdict({ authority }, secret, { scope: 'films:write' })).toBe('allowed')
    const listed = await good(authority.asPerson(ada.id).keys.list())
    expect(listed.keys.map(({ id }) => id)).toEqual([key.id])
    expect(await steps(ada)).toEqual(['login.approved', 'login.completed'])
  })

  it('of 50 parallel redemptions one gets a key, and the others end it, in 100 rounds (row 42)', async () => {
    const { authority, join, codeFor, redeem, steps } = await openStudio({ database: ':memory:' })
    const ada = await join('ada')
    for (let round = 0; round < 100; round += 1) {
      const code = await codeFor(ada, { deviceName: `machine ${round}` })
      const answers = await Promise.all(Array.from({ length: 50 }, () => redeem(code)))
      const [won, ...others] = answers.toSorted((one, other) => Number(other.ok) - Number(one.ok))
      expect(new Set(others.map(errorOf))).toEqual(new Set(['invalid_grant']))
      const { secret } = handed(won as (typeof answers)[number])
      expect(await verdict({ authority }, secret)).toBe('key_revoked')
    }
    const { keys } = await good(authority.asPerson(ada.id).keys.list({ limit: 100 }))
    expect(keys).toHaveLength(100)
    expect(await steps(ada)).toContain('login.replayed')
  })

  it('a code that comes again ends the key that it made, also after its end (row 42)', async () => {
    const { authority, clock, join, codeFor, redeem } = await openStudio()
    const code = await codeFor(await join('ada'))
    const { secret } = handed(await redeem(code))
    clock.advance(3_600_000)
    expect(await verdict({ authority }, secret)).toBe('allowed')
    expect(errorOf(await redeem(code, { codeVerifier: 'x'.repeat(43) }))).toBe('invalid_grant')
    expect(await verdict({ authority }, secret)).toBe('key_revoked')
  })

  it('a code lives 60 s', async () => {
    const { clock, join, codeFor, redeem } = await openStudio()
    const ada = await join('ada')
    const [late, punctual] = [await codeFor(ada), await codeFor(ada)]
    clock.advance(59_999)
    expect(errorOf(await redeem(punctual))).toBe('ok')
    clock.advance(1)
    expect(errorOf(await redeem(late))).toBe('invalid_grant')
  })

  it('a code is bound to its client, redirect_uri and verifier, and survives a wrong one (row 47)', async () => {
    const { join, codeFor, redeem } = await openStudio()
    const code = await codeFor(await join('ada'))
    for (const [wrong, error] of [
      [{ clientId: 'player' }, 'invalid_grant'],
      [{ clientId: 'nobody' }, 'invalid_client'],
      [{ redirectUri: 'http://127.0.0.1:49153/callback' }, 'invalid_grant'],
      [{ redirectUri: undefined }, 'invalid_request'],
      [{ codeVerifier: 'b'.repeat(43) }, 'invalid_grant'],
      [{ codeVerifier: 'short' }, 'invalid_grant'],
      [{ codeVerifier: undefined }, 'invalid_request'],
    ] as const) {
      expect([wrong, errorOf(await redeem(code, wrong))]).toEqual([wrong, error])
    }
    expect(errorOf(await redeem(code))).toBe('ok')
  })

  it('PKCE that is absent, plain or malformed is refused before anybody is asked (row 47)', async () => {
    const { parameters } = await openStudio()
    for (const wrong of [
      { codeChallenge: undefined },
      { codeChallengeMethod: undefined },
      { codeChallengeMethod: 'plain' },
      { codeChallenge: 'short' },
      { codeChallenge: `${'a'.repeat(42)}=` },
    ]) {
      const checked = checkAuthorization(studio, parameters(wrong))
      expect(checked).toMatchObject({ ok: false, error: 'invalid_request' })
    }
  })

  it('a new login of the same program on the same machine replaces that key and no other', async () => {
    const { authority, join, codeFor, redeem } = await openStudio()
    const [ada, bob] = [await join('ada'), await join('bob')]
    const log = async (person: typeof ada, change: { clientId?: string; deviceName?: string }) => {
      const { clientId = 'studio' } = change
      return handed(await redeem(await codeFor(person, change), { clientId })).secret
    }
    const first = await log(ada, {})
    const others = [
      await log(ada, { deviceName: 'ada@desktop' }),
      await log(ada, { clientId: 'player' }),
      await log(bob, {}),
      await log(ada, { deviceName: '' }),
      await log(ada, { deviceName: '' }),
    ]
    expect(await verdict({ authority }, first)).toBe('allowed')
    const again = await log(ada, {})
    expect(await verdict({ authority }, first)).toBe('key_revoked')
    for (const secret of [...others, again]) {
      expect(await verdict({ authority }, secret)).toBe('allowed')
    }
  })

  it('a new login replaces no key that live keys were made with, and does when they have ended', async () => {
    const { authority, clock, join, codeFor, redeem } = await openStudio()
    const ada = await join('ada')
    const log = async () => handed(await redeem(await codeFor(ada)))
    const first = await log()
    const seen = await authority.verify({ credential: first.secret })
    if (!seen.allowed) throw new Error(seen.code)
    const resource = `users/${ada.id}`
    const wanted = { resource, name: 'gpu-box', expiresInSeconds: 3600 }
    const made = await good(authority.as(seen.principal).keys.mint('personal', wanted))
    const box = made.secret ?? ''
    rememberSecret(box)
    const second = await log()
    const third = await log()
    expect(await verdict({ authority }, box)).toBe('allowed')
    expect(await verdict({ authority }, first.secret)).toBe('allowed')
    expect(await verdict({ authority }, second.secret)).toBe('key_revoked')
    clock.advance(3_600_001)
    await log()
    expect(await verdict({ authority }, first.secret)).toBe('key_revoked')
    expect(await verdict({ authority }, third.secret)).toBe('key_revoked')
  })

  it('gives the scopes that were asked for, and no more than there are', async () => {
    const { join, codeFor, redeem, parameters } = await openStudio()
    const ada = await join('ada')
    const code = await codeFor(ada, { scope: 'films:read keys:read' })
    expect(handed(await redeem(code)).key.scopes).toEqual(['films:read', 'keys:read'])
    for (const scope of ['', 'films:read  films:write', 'films:burn', 'x'.repeat(5000)]) {
      const checked = checkAuthorization(studio, parameters({ scope }))
      expect(checked).toMatchObject({ ok: false, error: 'invalid_scope' })
    }
  })

  it('names no other resource than this API', async () => {
    const { parameters } = await openStudio()
    const checked = checkAuthorization(studio, parameters({ resource: 'https://other.example' }))
    expect(checked).toMatchObject({ ok: false, error: 'invalid_target' })
  })

  it('a person who was disabled meanwhile gets no key, and cannot approve', async () => {
    const { authority, join, codeFor, redeem, login, requestOf } = await openStudio()
    const ada = await join('ada')
    const code = await codeFor(ada)
    await good(authority.resources.disable(`users/${ada.id}`))
    expect(errorOf(await redeem(code))).toBe('invalid_grant')
    expect(await codeOf(login.approve(ada.id, requestOf()))).toBe('resource_disabled')
    expect(await codeOf(login.approve('usr_0', requestOf()))).toBe('person_not_found')
  })

  it('denying makes no code and is written down', async () => {
    const { login, join, requestOf, steps } = await openStudio()
    const ada = await join('ada')
    await good(login.deny(ada.id, requestOf()))
    expect(await steps(ada)).toEqual(['login.denied'])
  })

  it('keeps no code: neither the text nor its plain digest is in the database', async () => {
    const { world, join, codeFor } = await openStudio()
    const code = await codeFor(await join('ada'))
    const rows = JSON.stringify(world.rows('select * from login_codes'))
    expect(rows).toContain('ada@laptop')
    expect(rows).not.toContain(code.slice(15, 40))
  })

  it('codes are forgotten a day after their end', async () => {
    const { world, clock, join, codeFor } = await openStudio()
    const ada = await join('ada')
    await codeFor(ada)
    clock.advance(86_400_000 + 60_001)
    await codeFor(ada)
    expect(world.rows('select * from login_codes')).toHaveLength(1)
  })
})

describe('logging out', () => {
  it('ends the key; an unknown, malformed or ended token is no error (row 39)', async () => {
    const { authority, login, join, codeFor, redeem } = await openStudio()
    const { secret } = handed(await redeem(await codeFor(await join('ada'))))
    for (const token of [secret, secret, 'nonsense', `${secret.slice(0, -1)}-`]) {
      expect(errorOf(await login.revoke({ clientId: 'studio', token }))).toBe('ok')
    }
    expect(await verdict({ authority }, secret)).toBe('key_revoked')
  })

  it('a token of another client, or of no login, is refused and stays (row 39)', async () => {
    const { authority, login, join, codeFor, redeem } = await openStudio()
    const ada = await join('ada')
    const { secret } = handed(await redeem(await codeFor(ada)))
    const minted = await good(
      authority.asPerson(ada.id).keys.mint('personal', { resource: `users/${ada.id}` }),
    )
    const own = minted.secret as string
    for (const [clientId, token] of [
      ['player', secret],
      ['studio', own],
    ] as const) {
      expect(errorOf(await login.revoke({ clientId, token }))).toBe('invalid_grant')
      expect(await verdict({ authority }, token)).toBe('allowed')
    }
    expect(errorOf(await login.revoke({ clientId: 'nobody', token: secret }))).toBe(
      'invalid_client',
    )
  })
})
