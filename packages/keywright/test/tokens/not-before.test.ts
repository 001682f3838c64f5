// From when on tokens of an issuer, or of one subject there, count.

import { describe, expect, it } from 'vitest'
import { good } from '../people/lab.ts'
import { codeOf, principalOf, shown, verdict } from '../world/open-world.ts'
import { openIssuer } from './open-issuer.ts'

const SECOND = 1000

describe('a not-before', () => {
  it('refuses older tokens of an issuer at once, cached or not, and takes newer ones', async () => {
    const { world, authority, issuer, join, token } = await openIssuer()
    await join('ada')
    const older = await token('ada')
    const unseen = await token('ada', { jti: 'unseen' })
    expect(await verdict(world, older)).toBe('allowed')
    world.clock.advance(SECOND)
    await good(authority.issuers.notBefore({ issuer }))
    expect(await verdict(world, older)).toBe('token_revoked')
    expect(await verdict(world, unseen)).toBe('token_revoked')
    expect(await verdict(world, await token('ada'))).toBe('allowed')
    await world.reopen()
    expect(await verdict(world, older)).toBe('token_revoked')
  })

  it('of one subject leaves others alone', async () => {
    const { world, authority, issuer, join, token } = await openIssuer()
    await join('ada')
    await join('bob')
    const [adas, bobs] = [await token('ada'), await token('bob')]
    world.clock.advance(SECOND)
    await good(authority.issuers.notBefore({ issuer, subject: 'ada' }))
    expect(await verdict(world, adas)).toBe('token_revoked')
    expect(await verdict(world, bobs)).toBe('allowed')
  })

  it('of issuer and subject together: the later one counts, in either order (row 37)', async () => {
    const { world, authority, issuer, join, token } = await openIssuer()
    await join('ada')
    await join('bob')
    const start = world.clock.now()
    const issuedAt: string[] = []
    for (let second = 0; second < 4; second += 1) {
      issuedAt.push(await token('ada'))
      world.clock.advance(SECOND)
    }
    const set = (second: number, subject?: string) =>
      good(authority.issuers.notBefore({ issuer, subject, at: start + second * SECOND }))
    const verdicts = () => Promise.all(issuedAt.map((credential) => verdict(world, credential)))
    const from = (second: number) =>
      issuedAt.map((_, at) => (at < second ? 'token_revoked' : 'allowed'))
    await set(1)
    await set(2, 'ada')
    expect(await verdicts()).toEqual(from(2))
    await set(3)
    expect(await verdicts()).toEqual(from(3))
    await set(1, 'ada')
    expect(await verdicts()).toEqual(from(3))
    // Of the subject it was a mistake: the issuer's stays.
    await good(authority.issuers.notBefore({ issuer, subject: 'ada', at: null }))
    expect(await verdicts()).toEqual(from(3))
    await good(authority.issuers.notBefore({ issuer, at: null }))
    expect(await verdicts()).toEqual(from(0))
  })

  it('is looked at again when a change is written: a token that was good a moment ago mints nothing', async () => {
    const { world, authority, issuer, join, token } = await openIssuer()
    const { id } = await join('ada')
    const desk = authority.as(await principalOf(world, await token('ada')))
    await shown(desk.keys.mint('personal', { resource: `users/${id}` }))
    world.clock.advance(SECOND)
    await good(authority.issuers.notBefore({ issuer, subject: 'ada' }))
    expect(await codeOf(desk.keys.mint('personal', { resource: `users/${id}` }))).toBe(
      'token_revoked',
    )
  })

  it('keeps older tokens from making anybody', async () => {
    const { world, authority, issuer, token } = await openIssuer({ people: 'join' })
    const older = await token('eve')
    world.clock.advance(SECOND)
    await good(authority.issuers.notBefore({ issuer }))
    expect(await verdict(world, older)).toBe('token_revoked')
    expect(world.rows('select * from persons')).toEqual([])
    expect(await verdict(world, await token('eve'))).toBe('allowed')
  })

  it('leaves the keys of people alone: they are ended as keys', async () => {
    const { world, authority, issuer, join, token } = await openIssuer()
    const { id } = await join('ada')
    const desk = authority.as(await principalOf(world, await token('ada')))
    const { secret } = await shown(desk.keys.mint('personal', { resource: `users/${id}` }))
    world.clock.advance(SECOND)
    await good(authority.issuers.notBefore({ issuer }))
    expect(await verdict(world, secret)).toBe('allowed')
  })

  it('is of an issuer that the definition names, and in the audit log', async () => {
    const { authority, issuer, join } = await openIssuer()
    const { id } = await join('ada')
    const { issuers } = authority
    const unknown = issuers.notBefore({ issuer: `${issuer}/` })
    expect(await codeOf(unknown)).toBe('unknown_issuer')
    expect(await codeOf(issuers.notBefore({ issuer, subject: '' }))).toBe('invalid_identity')
    await good(
      authority.asOperator('security').issuers.notBefore({ issuer, subject: 'ada', at: 5 }),
    )
    await good(issuers.notBefore({ issuer, at: 6 }))
    const { events } = await good(authority.events.list({ type: 'issuer.not_before' }))
    expect(events).toMatchObject([
      {
        actor: 'operator:security',
        resource: `users/${id}`,
        data: { issuer, subject: 'ada', not_before: 5 },
      },
      { resource: `issuer:${issuer}`, data: { issuer, subject: null, not_before: 6 } },
    ])
  })
})
