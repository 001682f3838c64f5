// A JWT of an issuer that the definition names, as a credential like any other.

import { describe, expect, it } from 'vitest'
import { good } from '../people/lab.ts'
import { principalOf, verdict } from '../world/open-world.ts'
import { openIssuer } from './open-issuer.ts'

const o1 = 'organizations/o1'
const p1 = `${o1}/projects/p1`

describe('a token of a known person', () => {
  it('acts as them, wherever their roles reach, in any mode', async () => {
    const { world, join, token } = await openIssuer()
    const ada = await join('ada', { [o1]: 'member' })
    const credential = await token('ada')
    const ask = (asked: object) => verdict(world, credential, asked)
    expect(await ask({ resource: p1, scope: 'runs:write' })).toBe('allowed')
    expect(await ask({ resource: p1, scope: 'runs:write', mode: 'test' })).toBe('allowed')
    expect(await ask({ resource: p1, scope: 'runs:write', mode: 'live' })).toBe('allowed')
    expect(await ask({ resource: p1, scope: 'members:write' })).toBe('insufficient_scope')
    expect(await ask({ resource: 'organizations/o2', scope: 'runs:read' })).toBe('outside_resource')
    expect(await ask({ resource: `users/${ada.id}`, scope: 'runs:write' })).toBe('allowed')
    expect(await ask({ resource: 'users/-', scope: 'runs:write' })).toBe('allowed')
    expect(await ask({ mode: 'staging' })).toBe('wrong_mode')
  })

  it('makes a principal that says who it is and by which issuer', async () => {
    const { world, issuer, join, token } = await openIssuer()
    const { id } = await join('ada', { [o1]: 'viewer' })
    const now = Math.floor(world.clock.now() / 1000) * 1000
    expect(await principalOf(world, await token('ada'))).toStrictEqual({
      type: 'token',
      issuer,
      subject: 'ada',
      issuedAt: now,
      expiresAt: now + 600_000,
      keyId: null,
      kind: 'users',
      holder: `users/${id}`,
      resource: `users/${id}`,
      mode: null,
      scopes: expect.arrayContaining(['runs:read', 'runs:write', 'keys:write']),
      metadata: null,
      seq: expect.any(Number),
      reach: expect.objectContaining({ holder: `users/${id}` }),
    })
  })

  it('follows them at once, cached or not: promotion, demotion, removal', async () => {
    const { world, authority, join, token } = await openIssuer()
    const { id } = await join('ada', { [o1]: 'viewer' })
    const credential = await token('ada')
    const ask = () => verdict(world, credential, { resource: p1, scope: 'runs:write' })
    const at = { personId: id, resource: o1 }
    expect(await ask()).toBe('insufficient_scope')
    await good(authority.members.change({ ...at, role: 'member' }))
    expect(await ask()).toBe('allowed')
    await good(authority.members.change({ ...at, role: 'viewer' }))
    expect(await ask()).toBe('insufficient_scope')
    await good(authority.members.remove(at))
    expect(await ask()).toBe('outside_resource')
  })

  it('is refused while they are disabled and for good when they are gone (row 21)', async () => {
    const { world, authority, join, token } = await openIssuer()
    const { id } = await join('ada', { [o1]: 'member' })
    const credential = await token('ada')
    const ask = () => verdict(world, credential)
    expect(await ask()).toBe('allowed')
    await good(authority.resources.disable(`users/${id}`))
    expect(await ask()).toBe('resource_disabled')
    await good(authority.resources.enable(`users/${id}`))
    expect(await ask()).toBe('allowed')
    await good(authority.resources.end(`users/${id}`))
    expect(await ask()).toBe('resource_ended')
  })

  it('gives nothing at an organization that is disabled', async () => {
    const { world, authority, join, token } = await openIssuer()
    await join('ada', { [o1]: 'member' })
    const credential = await token('ada')
    const ask = () => verdict(world, credential, { resource: p1, scope: 'runs:read' })
    expect(await ask()).toBe('allowed')
    await good(authority.resources.disable(o1))
    expect(await ask()).toBe('outside_resource')
  })

  it('shares the limits of their person with every other token of theirs, by mode', async () => {
    const { world, join, token } = await openIssuer()
    await join('ada')
    await join('bob')
    const tokens = [await token('ada'), await token('ada', { jti: '2' })]
    const inTest = (credential: string) => verdict(world, credential, { mode: 'test', cost: 0 })
    const verdicts: string[] = []
    for (let call = 0; call < 6; call += 1) verdicts.push(await inTest(tokens[call % 2] as string))
    expect(verdicts.slice(0, 5)).toEqual(Array(5).fill('allowed'))
    expect(verdicts[5]).toBe('rate_limited')
    expect(await inTest(await token('bob'))).toBe('allowed')
    expect(await verdict(world, tokens[0] as string, { mode: 'live' })).toBe('allowed')
  })

  it('spends the quota of their person, and repeats a request for nothing', async () => {
    const { world, authority, join, token } = await openIssuer()
    await join('ada')
    const credential = await token('ada')
    const call = (requestId: string) => verdict(world, credential, { mode: 'test', requestId })
    expect(await call('1')).toBe('allowed')
    expect(await call('1')).toBe('allowed')
    expect(await call('2')).toBe('allowed')
    expect(await call('3')).toBe('allowed')
    const last = await authority.verify({ credential, mode: 'test' })
    expect(last).toMatchObject({ allowed: false, code: 'quota_exhausted' })
    expect(last).not.toHaveProperty('keyId')
    const desk = authority.as(await principalOf(world, credential))
    const { quotas } = await good(desk.usage.quotas())
    expect(quotas).toMatchObject([{ mode: 'test', used: 3, remaining: 0 }])
  })

  it('is asked again by permits, with the same answer', async () => {
    const { world, authority, join, token } = await openIssuer()
    await join('ada', { [o1]: 'viewer' })
    const principal = await principalOf(world, await token('ada'))
    const ask = (asked: Parameters<typeof authority.permits>[1]) =>
      authority.permits(principal, asked)?.code ?? 'allowed'
    expect(ask({ scope: 'runs:read', resource: p1, mode: 'live' })).toBe('allowed')
    expect(ask({ scope: 'runs:write', resource: p1 })).toBe('insufficient_scope')
    expect(ask({ scope: 'runs:read', resource: 'organizations/o2' })).toBe('outside_resource')
    expect(
      JSON.stringify(authority.permits(principal, { resource: p1, scope: 'runs:write' })),
    ).not.toContain('key')
  })
})

describe('a token of somebody unknown', () => {
  it('is refused with what to do, and makes nobody', async () => {
    const { world, authority, join, token } = await openIssuer()
    const credential = await token('eve')
    const decision = await authority.verify({ credential })
    expect(decision).toMatchObject({ code: 'unknown_identity', allowed: false })
    expect(world.rows('select * from persons')).toStrictEqual([])
    // The person is added, and the same token is theirs at once.
    await join('eve')
    expect(await verdict(world, credential)).toBe('allowed')
  })

  it("makes the person where the issuer's people join, named as the token says", async () => {
    const { world, authority, issuer, token } = await openIssuer({ people: 'join' })
    const calls = await Promise.all(
      Array.from({ length: 50 }, async (_, call) =>
        principalOf(world, await token('eve', { name: 'Eve E.', jti: String(call) })),
      ),
    )
    expect(new Set(calls.map(({ holder }) => holder)).size).toBe(1)
    const { person } = await good(authority.people.find({ issuer, subject: 'eve' }))
    expect(person).toMatchObject({ name: 'Eve E.', email: null })
    expect(world.rows('select * from memberships')).toStrictEqual([])
    const { events } = await good(authority.events.list())
    expect(events.map(({ type, actor }) => [type, actor])).toStrictEqual([
      ['person.added', `issuer:${issuer}`],
      ['identity.joined', `issuer:${issuer}`],
    ])
  })

  it.each([
    ['no name', undefined],
    ['a name that is no text', { first: 'Eve' }],
    ['a name too long', 'x'.repeat(201)],
    ['a name with control characters', 'Eve\u0000'],
  ])('is named by its subject where it brings %s', async (_, name) => {
    const { world, token } = await openIssuer({ people: 'join' })
    expect(await verdict(world, await token('auth0|eve', { name }))).toBe('allowed')
    expect(world.rows('select name from persons')).toMatchObject([{ name: 'auth0|eve' }])
  })

  it('never becomes somebody who has the same e-mail address (row 32)', async () => {
    const { world, authority, token } = await openIssuer({ people: 'join' })
    const email = 'ada@site.test'
    const ada = await good(authority.people.add({ name: 'Ada', email, isEmailVerified: true }))
    const eve = await principalOf(world, await token('eve', { email, email_verified: true }))
    expect(eve.holder).not.toBe(`users/${ada.person.id}`)
    expect(world.rows("select email from persons where name = 'eve'")).toMatchObject([
      { email: null },
    ])
  })

  it('is unavailable, not refused, when the person cannot be written', async () => {
    const { world, authority, token } = await openIssuer({ people: 'join' })
    const credential = await token('eve')
    await authority.close()
    expect(await verdict(world, credential)).toBe('unavailable')
  })
})
