// What a person changes with a token: what their roles give, and no more.

import { describe, expect, it } from 'vitest'
import { good } from '../people/lab.ts'
import { codeOf, principalOf, shown, verdict } from '../world/open-world.ts'
import { openIssuer } from './open-issuer.ts'

const o1 = 'organizations/o1'
const p1 = `${o1}/projects/p1`

async function openDesk(role: 'owner' | 'member' | 'viewer' = 'member') {
  const site = await openIssuer()
  const ada = await site.join('ada', { [o1]: role })
  const principal = await principalOf(site.world, await site.token('ada'))
  return { ...site, authority: site.authority, ada, desk: site.authority.as(principal) }
}

describe('a token mints', () => {
  it('a personal key that acts as its person and outlives the token', async () => {
    const { world, ada, desk } = await openDesk()
    const { secret, key } = await shown(desk.keys.mint('personal', { resource: `users/${ada.id}` }))
    expect(key).toMatchObject({ createdBy: `users/${ada.id}`, parentId: null, expiresAt: null })
    world.clock.advance(3_600_000)
    expect(await verdict(world, secret, { resource: p1, scope: 'runs:write' })).toBe('allowed')
  })

  it('a key of an organization where the kind is minted by people and their role lets them', async () => {
    const { desk } = await openDesk()
    const { key } = await shown(desk.keys.mint('org', { resource: o1, scopes: ['runs:read'] }))
    expect(key).toMatchObject({ holder: o1, scopes: ['runs:read'] })
    const beyond = { resource: o1, scopes: ['members:write'] } as const
    expect(await codeOf(desk.keys.mint('org', beyond))).toBe('exceeds_parent')
    const elsewhere = { resource: 'organizations/o2' }
    expect(await codeOf(desk.keys.mint('org', elsewhere))).toBe('exceeds_parent')
    expect(await codeOf(desk.keys.mint('worker', { resource: p1 }))).toBe('kind_not_mintable')
  })

  it('nothing for somebody else, and nothing where a role has no keys:write', async () => {
    const { join, desk } = await openDesk('viewer')
    const bob = await join('bob')
    expect(await codeOf(desk.keys.mint('org', { resource: o1 }))).toBe('exceeds_parent')
    const bobs = desk.keys.mint('personal', { resource: `users/${bob.id}` })
    expect(await codeOf(bobs)).toBe('exceeds_parent')
  })
})

describe('what a token has begun', () => {
  it('is refused in its transaction when the token has expired meanwhile', async () => {
    const { world, ada, desk } = await openDesk()
    const mint = () => desk.keys.mint('personal', { resource: `users/${ada.id}` })
    world.clock.advance(599_000)
    await shown(mint())
    world.clock.advance(1000)
    expect(await codeOf(mint())).toBe('token_expired')
  })

  it('is refused when its person was disabled meanwhile (row 21)', async () => {
    const { authority, ada, desk } = await openDesk()
    await good(authority.resources.disable(`users/${ada.id}`))
    const mint = desk.keys.mint('personal', { resource: `users/${ada.id}` })
    expect(await codeOf(mint)).toBe('resource_disabled')
  })

  it('is refused when the role was taken meanwhile', async () => {
    const { authority, ada, desk } = await openDesk()
    const mint = () => desk.keys.mint('org', { resource: o1, scopes: ['runs:read'] })
    await shown(mint())
    await good(authority.members.change({ personId: ada.id, resource: o1, role: 'viewer' }))
    expect(await codeOf(mint())).toBe('exceeds_parent')
  })

  it('is written as the person, and found in the audit log', async () => {
    const { authority, ada, desk } = await openDesk('owner')
    const { id } = await shown(desk.keys.mint('org', { resource: o1 }))
    await good(desk.keys.revoke(id))
    const { events } = await good(authority.events.list({ keyId: id }))
    expect(events.map(({ actor }) => actor)).toEqual([`users/${ada.id}`, `users/${ada.id}`])
  })
})

describe('quotas of who asks', () => {
  it('are those of the person in each mode, and of a key where a key asks', async () => {
    const { ada, desk, authority, world } = await openDesk()
    const { quotas } = await good(desk.usage.quotas())
    expect(quotas).toMatchObject([{ subject: `users/${ada.id}`, mode: 'test', limit: 3, used: 0 }])
    const mode = 'test'
    const key = await shown(desk.keys.mint('personal', { resource: `users/${ada.id}`, mode }))
    const own = authority.as(await principalOf(world, key.secret))
    expect((await good(own.usage.quotas())).quotas).toMatchObject([{ subject: key.id, used: 1 }])
    expect((await good(authority.usage.quotas())).quotas).toEqual([])
  })
})
