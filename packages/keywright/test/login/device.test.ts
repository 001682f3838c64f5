// Logging in on a machine without a browser: start, claim, decide, poll.

import type { Outcome } from '@keywright/core'
import { describe, expect, it } from 'vitest'
import { good } from '../people/lab.ts'
import { codeOf, principalOf, shown, verdict } from '../world/open-world.ts'
import { errorOf, handed, openStudio } from './studio.ts'

type Studio = Awaited<ReturnType<typeof openStudio>>

async function approve({ login }: Studio, who: ReturnType<Studio['session']>, userCode: string) {
  await good(login.device.claim(who, { typed: userCode }))
  return good(login.device.decide(who, { userCode, decision: 'approved' }))
}

describe('a login of a device', () => {
  it('waits for a person who types its code, and then hands out a key', async () => {
    const studio = await openStudio()
    const { authority, clock, login, join, session, start, poll, steps } = studio
    const ada = await join('ada')
    const { deviceCode, userCode, expiresInSeconds, intervalSeconds } = await start()
    expect([expiresInSeconds, intervalSeconds]).toEqual([600, 5])
    expect(userCode).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
    expect(errorOf(await poll(deviceCode))).toBe('authorization_pending')
    const who = session(ada)
    const { login: shown } = await good(
      login.device.claim(who, { typed: ` ${userCode.toLowerCase().replace('-', ' ')}.` }),
    )
    expect(shown).toMatchObject({ deviceName: 'ada@server', network: '192.0.2.7' })
    await good(login.device.decide(who, { userCode, decision: 'approved' }))
    clock.advance(5000)
    const { key, secret } = handed(await poll(deviceCode))
    expect(key).toMatchObject({ name: 'ada@server', holder: `users/${ada.id}`, parentId: null })
    expect(await verdict({ authority }, secret, { scope: 'films:write' })).toBe('allowed')
    expect(errorOf(await poll(deviceCode))).toBe('invalid_grant')
    expect(await steps(ada)).toEqual(['login.claimed', 'login.approved', 'login.completed'])
  })

  it('is told to slow down, by five seconds each time (row 49)', async () => {
    const { clock, start, poll } = await openStudio()
    const { deviceCode } = await start()
    expect(errorOf(await poll(deviceCode))).toBe('authorization_pending')
    clock.advance(4999)
    expect(errorOf(await poll(deviceCode))).toBe('slow_down')
    clock.advance(9999)
    expect(errorOf(await poll(deviceCode))).toBe('slow_down')
    clock.advance(15_000)
    expect(errorOf(await poll(deviceCode))).toBe('authorization_pending')
  })

  it('expires after ten minutes, for the program and for people (row 49)', async () => {
    const { clock, login, join, session, start, poll } = await openStudio()
    const ada = await join('ada')
    const { deviceCode, userCode } = await start()
    clock.advance(600_000)
    expect(errorOf(await poll(deviceCode))).toBe('expired_token')
    expect(await codeOf(login.device.claim(session(ada), { typed: userCode }))).toBe(
      'user_code_not_found',
    )
  })

  it('is told that it was denied (row 49)', async () => {
    const { login, join, session, start, poll, steps } = await openStudio()
    const ada = await join('ada')
    const { deviceCode, userCode } = await start()
    await good(login.device.claim(session(ada), { typed: userCode }))
    await good(login.device.decide(session(ada), { userCode, decision: 'denied' }))
    expect(errorOf(await poll(deviceCode))).toBe('access_denied')
    expect(await steps(ada)).toEqual(['login.claimed', 'login.denied'])
  })

  it('is redeemed by the client that started it, and by no other (row 50)', async () => {
    const studio = await openStudio()
    const { join, session, start, poll } = studio
    const { deviceCode, userCode } = await start()
    await approve(studio, session(await join('ada')), userCode)
    expect(errorOf(await poll(deviceCode, 'player'))).toBe('invalid_grant')
    expect(errorOf(await poll(deviceCode, 'nobody'))).toBe('invalid_client')
    expect(errorOf(await poll(deviceCode))).toBe('ok')
  })

  it('is decided by the session that claimed it first, and by no other (row 51)', async () => {
    const { login, join, session, start, poll } = await openStudio()
    const [ada, eve] = [await join('ada'), await join('eve')]
    const { deviceCode, userCode } = await start()
    for (const decision of ['approved', 'denied'] as const) {
      expect(await codeOf(login.device.decide(session(eve), { userCode, decision }))).toBe(
        'user_code_claimed',
      )
    }
    await good(login.device.claim(session(ada), { typed: userCode }))
    await good(login.device.claim(session(ada), { typed: userCode }))
    for (const other of [session(eve), session(ada, 'another browser')]) {
      expect(await codeOf(login.device.claim(other, { typed: userCode }))).toBe('user_code_claimed')
      for (const decision of ['approved', 'denied'] as const) {
        expect(await codeOf(login.device.decide(other, { userCode, decision }))).toBe(
          'user_code_claimed',
        )
      }
    }
    expect(errorOf(await poll(deviceCode))).toBe('authorization_pending')
  })

  it('dies when its claimant typed another code than the link five times (row 52)', async () => {
    const { login, join, session, start, poll } = await openStudio()
    const who = session(await join('ada'))
    const { deviceCode, userCode: linked } = await start()
    const mistyped = { typed: 'BCDF-BCDF', linked }
    for (let miss = 1; miss < 5; miss += 1) {
      expect(await codeOf(login.device.claim(who, mistyped))).toBe('user_code_mismatch')
    }
    expect(await codeOf(login.device.claim(who, mistyped))).toBe('user_code_ended')
    expect(await codeOf(login.device.claim(who, { typed: linked, linked }))).toBe(
      'user_code_not_found',
    )
    expect(errorOf(await poll(deviceCode))).toBe('access_denied')
  })

  it('takes a sign-in of the last five minutes to approve, and none to deny (row 53)', async () => {
    const { clock, login, join, session, start } = await openStudio()
    const who = session(await join('ada'))
    const { userCode } = await start()
    await good(login.device.claim(who, { typed: userCode }))
    clock.advance(300_001)
    expect(await codeOf(login.device.decide(who, { userCode, decision: 'approved' }))).toBe(
      'reauthentication_needed',
    )
    await good(login.device.decide(who, { userCode, decision: 'denied' }))
  })

  it('never gives scopes that administer keys, members or secrets (row 53)', async () => {
    const studio = await openStudio()
    const { login, join, session, start, poll } = studio
    const { deviceCode, userCode } = await start()
    await approve(studio, session(await join('ada')), userCode)
    const { scopes } = handed(await poll(deviceCode)).key
    expect(scopes).toContain('films:write')
    for (const scope of ['*', 'keys:write', 'members:write', 'vault:read']) {
      expect(scopes).not.toContain(scope)
      const asked = { clientId: 'studio', scope }
      expect(errorOf(await login.device.start(asked))).toBe('invalid_scope')
    }
    expect(errorOf(await login.device.start({ clientId: 'studio', scope: 'keys:*' }))).toBe(
      'invalid_scope',
    )
    const { deviceCode: narrow, userCode: code } = await start({ scope: 'films:read keys:read' })
    await approve(studio, session(await join('bob')), code)
    expect(handed(await poll(narrow)).key.scopes).toEqual(['films:read', 'keys:read'])
  })

  it('gives a key that administers nothing by any verb, nor approves another device (row 53)', async () => {
    const studio = await openStudio()
    const { world, authority, login, join, session, start, poll } = studio
    const [ada, bob] = [await join('ada'), await join('bob')]
    const own = authority.asPerson(ada.id)
    const { organization } = await good(own.organizations.create({ slug: 'acme', name: 'Acme' }))
    const { id } = organization
    const resource = `organizations/${id}`
    const space = `users/${ada.id}`
    const other = await shown(own.keys.mint('personal', { resource: space, holder: space }))
    const { deviceCode, userCode } = await start()
    await approve(studio, session(ada), userCode)
    const { key, secret } = handed(await poll(deviceCode))
    const { keys, organizations, members, invitations, people, resources } = authority.as(
      await principalOf(world, secret),
    )
    const terminal = { type: 'key', actor: { type: 'key', keyId: key.id } } as const
    const { userCode: typed } = await start()
    const tries = [
      keys.mint('personal', { resource: space }),
      keys.mint('machine', { resource }),
      keys.rotate(key.id),
      keys.rotate(other.id),
      keys.narrow(key.id, { name: 'mine' }),
      keys.revoke(other.id),
      organizations.create({ slug: 'evil', name: 'Evil' }),
      organizations.change(id, { slug: 'evil' }),
      organizations.setDeviceLogin({ id, isAllowed: false }),
      members.grant({ personId: bob.id, resource, role: 'viewer' }),
      members.remove({ personId: ada.id, resource }),
      invitations.create({ resource, role: 'viewer', email: 'eve@studio.example' }),
      invitations.accept({ token: 'invitation' }),
      people.rename(ada.id, 'Eve'),
      resources.disable(`${resource}/projects/p1`),
      login.device.claim(terminal, { typed }),
    ]
    const codes = await Promise.all(tries.map((answer: Promise<Outcome<object>>) => codeOf(answer)))
    expect(codes).toEqual(tries.map(() => 'insufficient_scope'))
  })

  it('is switched off by an organization for its people, wherever in it they are (row 53)', async () => {
    const studio = await openStudio()
    const { authority, login, join, session, start, poll } = studio
    const [ada, bob] = [await join('ada'), await join('bob')]
    const own = authority.asPerson(ada.id).organizations
    const { organization } = await good(own.create({ slug: 'acme', name: 'Acme' }))
    const { id } = organization
    const resource = `organizations/${id}/projects/p1`
    await good(authority.members.grant({ personId: bob.id, resource, role: 'viewer' }))
    const { deviceCode, userCode } = await start()
    await approve(studio, session(bob), userCode)
    const theirs = authority.asPerson(bob.id).organizations
    expect(await codeOf(theirs.setDeviceLogin({ id, isAllowed: false }))).not.toBe('ok')
    await good(own.setDeviceLogin({ id, isAllowed: false }))
    expect(errorOf(await poll(deviceCode))).toBe('access_denied')
    const { userCode: typed } = await start()
    expect(await codeOf(login.device.claim(session(bob), { typed }))).toBe('device_login_forbidden')
    await good(own.setDeviceLogin({ id, isAllowed: true }))
    expect(await codeOf(login.device.claim(session(bob), { typed }))).toBe('ok')
  })

  it('an organization that is not there, or another one, cannot be switched', async () => {
    const { authority, join } = await openStudio()
    const [ada, eve] = [await join('ada'), await join('eve')]
    const { organization } = await good(
      authority.asPerson(ada.id).organizations.create({ slug: 'acme', name: 'Acme' }),
    )
    for (const [who, id] of [
      [eve, organization.id],
      [ada, 'org_0'],
    ] as const) {
      const { organizations } = authority.asPerson(who.id)
      expect(await codeOf(organizations.setDeviceLogin({ id, isAllowed: false }))).toBe(
        'organization_not_found',
      )
    }
  })
})

describe('approving from a signed-in terminal', () => {
  it('makes the key of the device a child of the terminal: it ends with it', async () => {
    const { authority, login, join, codeFor, redeem, start, poll } = await openStudio()
    const ada = await join('ada')
    const laptop = handed(await redeem(await codeFor(ada)))
    const approver = { type: 'key', actor: { type: 'key', keyId: laptop.key.id } } as const
    const { deviceCode, userCode } = await start()
    await good(login.device.claim(approver, { typed: userCode }))
    await good(login.device.decide(approver, { userCode, decision: 'approved' }))
    const { key, secret } = handed(await poll(deviceCode))
    expect(key.parentId).toBe(laptop.key.id)
    await good(authority.keys.revoke(laptop.key.id))
    expect(await verdict({ authority }, secret)).toBe('key_revoked')
  })

  it('takes the current secret of the terminal: one that ends sooner gives nothing that lasts', async () => {
    const { world, authority, login, join, codeFor, redeem, start, poll } = await openStudio()
    const ada = await join('ada')
    const laptop = handed(await redeem(await codeFor(ada)))
    const { keys } = authority.asPerson(ada.id)
    const renewed = await shown(keys.rotate(laptop.key.id, { overlapSeconds: 3600 }))
    const { deviceCode, userCode } = await start()
    const ask = { userCode, decision: 'approved' } as const
    const approverOf = async (secret: string) => {
      const principal = await principalOf(world, secret)
      if (principal.type !== 'key') throw new TypeError('no key')
      const { keyId, expiresAt: endsAt, seq } = principal
      return { type: 'key', actor: { type: 'key', keyId, endsAt, seq } } as const
    }
    const replaced = await approverOf(laptop.secret)
    expect(await codeOf(login.device.claim(replaced, { typed: userCode }))).toBe('exceeds_parent')
    expect(await codeOf(login.device.decide(replaced, ask))).toBe('exceeds_parent')
    const current = await approverOf(renewed.secret)
    await good(login.device.claim(current, { typed: userCode }))
    await good(login.device.decide(current, ask))
    expect(errorOf(await poll(deviceCode))).toBe('ok')
  })

  it('ends no key above the new one, though it is of the same program and machine', async () => {
    const { world, authority, login, join, codeFor, redeem, start, poll } = await openStudio()
    const ada = await join('ada')
    const laptop = handed(await redeem(await codeFor(ada)))
    const own = authority.as(await principalOf(world, laptop.secret))
    const below = await shown(own.keys.mint('personal', { resource: `users/${ada.id}` }))
    const approver = { type: 'key', actor: { type: 'key', keyId: below.id } } as const
    const { deviceCode, userCode } = await start({ deviceName: 'ada@laptop' })
    await good(login.device.claim(approver, { typed: userCode }))
    await good(login.device.decide(approver, { userCode, decision: 'approved' }))
    const { secret } = handed(await poll(deviceCode))
    expect(await verdict({ authority }, secret)).toBe('allowed')
  })

  it('takes a key that could mint such a key itself', async () => {
    const { authority, login, join, start, codeFor, redeem, poll } = await openStudio()
    const ada = await join('ada')
    const { organization } = await good(
      authority.asPerson(ada.id).organizations.create({ slug: 'acme', name: 'Acme' }),
    )
    const resource = `organizations/${organization.id}`
    const { userCode: typed, deviceCode } = await start()
    const machine = await good(authority.asPerson(ada.id).keys.mint('machine', { resource }))
    const narrow = handed(await redeem(await codeFor(ada, { scope: 'films:read' })))
    const bound = await good(
      authority.asPerson(ada.id).keys.mint('personal', { resource, holder: `users/${ada.id}` }),
    )
    const codes = await Promise.all(
      [machine.key.id, narrow.key.id, bound.key.id].map((keyId) =>
        codeOf(login.device.claim({ type: 'key', actor: { type: 'key', keyId } }, { typed })),
      ),
    )
    expect(codes).toEqual(['insufficient_scope', 'insufficient_scope', 'exceeds_parent'])
    expect(errorOf(await poll(deviceCode))).toBe('authorization_pending')
  })
})
