// What an issuer says of an organization and a role becomes a membership, and its newest token is right about it.

import { describe, expect, it } from 'vitest'
import { good } from '../people/lab.ts'
import { principalOf, shown, verdict } from '../world/open-world.ts'
import { openIssuer } from './open-issuer.ts'

const ISSUED_EARLIER_SECONDS = 100

async function openClaims() {
  const claims = { organization: 'org', role: 'role' }
  const site = await openIssuer({ people: 'join', claims })
  const { authority, world } = site
  const boss = await site.join('boss')
  const makeOrganization = async (slug: string): Promise<string> => {
    const request = { slug, name: slug, ownerId: boss.id }
    const { organization } = await good(authority.organizations.create(request))
    return `organizations/${organization.id}`
  }
  const acme = await makeOrganization('acme')
  const other = await makeOrganization('other')
  return {
    ...site,
    authority,
    boss,
    acme,
    other,
    /** Uses a token with these claims, issued later than all before, and says what it may write. */
    async use(says: object, place = acme): Promise<string> {
      world.clock.advance(1000)
      const credential = await site.token('ada', { ...says })
      return verdict(world, credential, { resource: place, scope: 'runs:write' })
    },
    roles: () =>
      world.rows(
        "select resource, role, granted_by from memberships where granted_by like 'issuer:%' order by resource",
      ),
  }
}

describe('claims that are mapped', () => {
  it('give the membership with the first token, by slug or by id', async () => {
    const { acme, other, issuer, use, roles } = await openClaims()
    expect(await use({ org: 'acme', role: 'member' })).toBe('allowed')
    expect(roles()).toEqual([{ resource: acme, role: 'member', granted_by: `issuer:${issuer}` }])
    const id = other.slice('organizations/'.length)
    expect(await use({ org: id, role: 'member' }, other)).toBe('allowed')
    expect(roles()).toMatchObject([{ resource: other }])
  })

  it('change, move and take it away with newer tokens, each with its event', async () => {
    const { authority, use, roles, issuer } = await openClaims()
    expect(await use({ org: 'acme', role: 'member' })).toBe('allowed')
    expect(await use({ org: 'acme', role: 'viewer' })).toBe('insufficient_scope')
    expect(await use({ org: 'other', role: 'member' })).toBe('outside_resource')
    expect(await use({})).toBe('outside_resource')
    expect(roles()).toEqual([])
    const { events } = await good(authority.events.list({ limit: 50 }))
    const told = events.filter(({ actor }) => actor === `issuer:${issuer}`)
    expect(told.map(({ type }) => type)).toStrictEqual([
      'person.added',
      'identity.joined',
      'membership.granted',
      'membership.changed',
      'membership.removed',
      'membership.granted',
      'membership.removed',
    ])
  })

  it('of an older token change nothing, and it acts by what the newer one said', async () => {
    const { world, acme, token, use } = await openClaims()
    const iat = Math.floor(world.clock.now() / 1000) - ISSUED_EARLIER_SECONDS
    const older = await token('ada', { org: 'acme', role: 'owner', iat })
    expect(await use({ org: 'acme', role: 'viewer' })).toBe('insufficient_scope')
    const ask = { resource: acme, scope: 'runs:write' }
    expect(await verdict(world, older, ask)).toBe('insufficient_scope')
    expect(await verdict(world, older, { ...ask, scope: 'runs:read' })).toBe('allowed')
  })

  it('are applied from a token whose times have fractions of a second, as RFC 7519 allows', async () => {
    const { world, use } = await openClaims()
    const now = world.clock.now() / 1000
    const at = { iat: now + 0.1234567, exp: now + 500.7654321 }
    expect(await use({ org: 'acme', role: 'member', ...at })).toBe('allowed')
    expect(await use({ org: 'acme', role: 'viewer', ...at, iat: at.iat + 0.4 })).toBe(
      'insufficient_scope',
    )
  })

  it('are written once, however often and however many at once use the token', async () => {
    const { world, token, authority } = await openClaims()
    const credential = await token('ada', { org: 'acme', role: 'member' })
    await Promise.all(Array.from({ length: 20 }, () => verdict(world, credential)))
    const before = (await good(authority.events.list({ limit: 100 }))).events.length
    await verdict(world, credential)
    const { events } = await good(authority.events.list({ limit: 100 }))
    expect(events).toHaveLength(before)
    expect(events.filter(({ type }) => type === 'identity.joined')).toHaveLength(2)
  })

  it('reach the keys of the person: a demotion by the issuer narrows them at once', async () => {
    const { world, authority, acme, token, use } = await openClaims()
    const ask = { resource: acme, scope: 'runs:write' }
    const credential = await token('ada', { org: 'acme', role: 'member' })
    const principal = await principalOf(world, credential)
    const desk = authority.as(principal)
    const key = await shown(desk.keys.mint('personal', { resource: principal.holder }))
    expect(await verdict(world, key.secret, ask)).toBe('allowed')
    expect(await use({ org: 'acme', role: 'viewer' })).toBe('insufficient_scope')
    expect(await verdict(world, key.secret, ask)).toBe('insufficient_scope')
    expect(await verdict(world, credential, ask)).toBe('insufficient_scope')
  })

  it.each([
    ['an organization that is not here', { org: 'nowhere', role: 'member' }],
    ['a role that nobody declared', { org: 'acme', role: 'god' }],
    ['a role alone', { role: 'member' }],
    ['an organization alone', { org: 'acme' }],
    ['a slug in capitals', { org: 'ACME', role: 'member' }],
    ['the name of a resource', { org: 'organizations/acme', role: 'member' }],
  ])('give nothing with %s', async (_, says) => {
    const { use, roles } = await openClaims()
    expect(await use(says)).toBe('outside_resource')
    expect(roles()).toEqual([])
  })

  it('give nothing at an organization whose slug is of people, only by its id', async () => {
    const { authority, join, use, roles, acme } = await openClaims()
    const eve = await join('eve', { [acme]: 'owner' })
    const { organizations } = authority.asPerson(eve.id)
    const { organization } = await good(organizations.create({ slug: 'globex', name: 'Eve' }))
    const { id } = organization
    const place = `organizations/${id}`
    expect(await use({ org: 'globex', role: 'owner' }, place)).toBe('outside_resource')
    await good(organizations.change(acme.slice('organizations/'.length), { slug: 'initech' }))
    expect(await use({ org: 'initech', role: 'owner' })).toBe('outside_resource')
    expect(roles()).toEqual([])
    expect(await use({ org: id, role: 'member' }, place)).toBe('allowed')
    await good(authority.organizations.change(id, { slug: 'globex' }))
    await good(organizations.change(id, { name: 'Globex' }))
    expect(await use({ org: 'globex', role: 'member' }, place)).toBe('allowed')
  })

  it.each([
    { org: ['acme'] },
    { org: 'acme', role: { name: 'owner' } },
    { org: 'a\u0000', role: 'x' },
  ])('make a token invalid where they are no text: %j', async (says) => {
    const { use } = await openClaims()
    expect(await use(says)).toBe('invalid_token')
  })

  it('leave roles alone that people gave, there and elsewhere', async () => {
    const { world, authority, acme, other, use, issuer } = await openClaims()
    await use({})
    const { person } = await good(authority.people.find({ issuer, subject: 'ada' }))
    const personId = person.id
    await good(authority.members.grant({ personId, resource: acme, role: 'viewer' }))
    await good(authority.members.grant({ personId, resource: other, role: 'member' }))
    expect(await use({ org: 'acme', role: 'owner' })).toBe('insufficient_scope')
    expect(await use({}, other)).toBe('allowed')
    expect(world.rows(`select role from memberships where person_id = '${personId}'`)).toHaveLength(
      2,
    )
  })

  it('do not take the last owner of an organization away, nor demote them', async () => {
    const { authority, acme, boss, use, roles } = await openClaims()
    expect(await use({ org: 'acme', role: 'owner' })).toBe('allowed')
    await good(authority.members.remove({ personId: boss.id, resource: acme }))
    expect(await use({ org: 'acme', role: 'viewer' })).toBe('allowed')
    expect(await use({})).toBe('allowed')
    expect(roles()).toMatchObject([{ resource: acme, role: 'owner' }])
  })
})

describe('claims that are not mapped', () => {
  it('mean nothing', async () => {
    const { world, token } = await openIssuer({ people: 'join' })
    const credential = await token('ada', { org: 'acme', role: 'owner' })
    expect(await verdict(world, credential)).toBe('allowed')
    expect(world.rows('select * from memberships')).toEqual([])
  })
})
