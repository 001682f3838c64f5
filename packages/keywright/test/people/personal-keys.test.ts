import { describe, expect, it } from 'vitest'
import { codeOf, principalOf, shown, verdict } from '../world/open-world.ts'
import { good, o1, openLab, p1, p2 } from './lab.ts'

describe('a personal key', () => {
  it('acts as its person wherever their roles reach, and in their own space as owner', async () => {
    const { world, join, keyOf } = await openLab()
    const ann = await join('ann', { [p1]: 'researcher', [o1]: 'viewer' })
    const { secret } = await keyOf(ann)
    const ask = (resource: string, scope: string) => verdict(world, secret, { resource, scope })
    expect(await ask(p1, 'nodes:write')).toBe('allowed')
    expect(await ask(`${p1}/runs/r1`, 'runs:write')).toBe('allowed')
    expect(await ask(p2, 'runs:read')).toBe('allowed')
    expect(await ask(p2, 'runs:write')).toBe('insufficient_scope')
    expect(await ask('organizations/o10', 'runs:read')).toBe('outside_resource')
    expect(await ask(`${p1}/../p2`, 'runs:read')).toBe('outside_resource')
    expect(await ask(`users/${ann.id}`, 'runs:write')).toBe('allowed')
    expect(await ask('users/-', 'runs:write')).toBe('allowed')
    expect(await ask('organizations/-', 'runs:read')).toBe('outside_resource')
    expect(await ask('users/usr_other', 'runs:read')).toBe('outside_resource')
  })

  it('is narrowed by scopes and by a resource', async () => {
    const { world, join, keyOf } = await openLab()
    const ann = await join('ann', { [o1]: 'researcher' })
    const { secret, key } = await keyOf(ann, { resource: p1, scopes: ['runs:*'] })
    expect(key).toMatchObject({ holder: `users/${ann.id}`, resource: p1 })
    const ask = (resource: string, scope: string) => verdict(world, secret, { resource, scope })
    expect(await ask(p1, 'runs:write')).toBe('allowed')
    expect(await ask('organizations/-/projects/-', 'runs:write')).toBe('allowed')
    expect(await ask(p1, 'nodes:write')).toBe('insufficient_scope')
    expect(await ask(p2, 'runs:write')).toBe('outside_resource')
    expect(await ask(`users/${ann.id}`, 'runs:write')).toBe('outside_resource')
  })

  it('follows its person at once, cached or not: promotion, demotion, removal', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const ann = await join('ann', { [o1]: 'viewer' })
    const wide = await keyOf(ann)
    const narrow = await keyOf(ann, { resource: p1 })
    const both = () =>
      Promise.all(
        [wide, narrow].map(({ secret }) =>
          verdict(world, secret, { scope: 'runs:write', resource: p1 }),
        ),
      )
    const at = { personId: ann.id, resource: o1 }
    expect(await both()).toEqual(['insufficient_scope', 'insufficient_scope'])
    await good(authority.members.change({ ...at, role: 'researcher' }))
    expect(await both()).toEqual(['allowed', 'allowed'])
    await good(authority.members.change({ ...at, role: 'viewer' }))
    expect(await both()).toEqual(['insufficient_scope', 'insufficient_scope'])
    await good(authority.members.remove(at))
    expect(await both()).toEqual(['outside_resource', 'outside_resource'])
    // Bound where the person has nothing any more, it does nothing at all; the wide one still is its person.
    expect(await verdict(world, narrow.secret)).toBe('outside_resource')
    expect(await verdict(world, wide.secret)).toBe('allowed')
    await world.reopen()
    expect(await both()).toEqual(['outside_resource', 'outside_resource'])
  })

  it('needs its person: disabled or ended, their keys and the keys below are over (row 21)', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const ann = await join('ann', { [o1]: 'owner' })
    const secrets = [(await keyOf(ann)).secret, (await keyOf(ann, { resource: p1 })).secret]
    const desk = authority.as(await principalOf(world, secrets[0] as string))
    secrets.push((await shown(desk.keys.mint('worker', { resource: p1 }))).secret)
    const verdicts = () => Promise.all(secrets.map((secret) => verdict(world, secret)))
    expect(new Set(await verdicts())).toEqual(new Set(['allowed']))
    await good(authority.resources.disable(`users/${ann.id}`))
    expect(new Set(await verdicts())).toEqual(new Set(['resource_disabled']))
    expect(await codeOf(authority.asPerson(ann.id).keys.list())).toBe('resource_disabled')
    await good(authority.resources.enable(`users/${ann.id}`))
    expect(new Set(await verdicts())).toEqual(new Set(['allowed']))
    await good(authority.resources.end(`users/${ann.id}`))
    expect(new Set(await verdicts())).toEqual(new Set(['resource_ended']))
  })

  it('does not reach into an organization that is disabled, until it is enabled', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const ann = await join('ann', { [p1]: 'researcher' })
    const { secret } = await keyOf(ann)
    const ask = { scope: 'runs:read', resource: p1 }
    expect(await verdict(world, secret, ask)).toBe('allowed')
    await good(authority.resources.disable(o1))
    expect(await verdict(world, secret, ask)).toBe('outside_resource')
    await good(authority.resources.enable(o1))
    expect(await verdict(world, secret, ask)).toBe('allowed')
  })

  it('leaves the cached keys of other people and of the organization alone when a role changes', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const [ann, bob] = [
      await join('ann', { [o1]: 'viewer' }),
      await join('bob', { [o1]: 'viewer' }),
    ]
    const org = await shown(authority.keys.mint('org', { resource: o1 }))
    const others = [(await keyOf(bob)).secret, org.secret]
    for (const secret of others) expect(await verdict(world, secret)).toBe('allowed')
    const { cacheMisses } = authority.counts()
    await good(authority.members.change({ personId: ann.id, resource: o1, role: 'owner' }))
    for (const secret of others) expect(await verdict(world, secret)).toBe('allowed')
    expect(authority.counts().cacheMisses).toBe(cacheMisses)
  })

  it('is what a verified principal says of it: permits answers as verify does', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const ann = await join('ann', { [p1]: 'researcher', [o1]: 'viewer' })
    const { secret } = await keyOf(ann)
    const principal = await principalOf(world, secret)
    expect(principal.holder).toBe(`users/${ann.id}`)
    expect(structuredClone(principal)).toEqual(principal)
    for (const resource of [o1, p1, p2, `users/${ann.id}`, 'organizations/o2', 'users/-']) {
      for (const scope of ['runs:read', 'runs:write', 'nodes:write'] as const) {
        const refusal = authority.permits(principal, { scope, resource })
        expect(refusal?.code ?? 'allowed').toBe(await verdict(world, secret, { scope, resource }))
      }
    }
  })

  it('is refused for somebody who is not there and for what is no person', async () => {
    const { authority, join } = await openLab()
    const ann = await join('ann')
    const { mint } = authority.keys
    const space = `users/${ann.id}`
    const other = { resource: space, holder: 'users/usr_2' }
    expect(await codeOf(mint('personal', { resource: 'users/usr_0' }))).toBe('person_not_found')
    expect(await codeOf(mint('personal', { resource: o1 }))).toBe('invalid_resource')
    expect(await codeOf(mint('personal', { resource: 'teams/t', holder: space }))).toBe(
      'invalid_resource',
    )
    expect(await codeOf(mint('personal', other))).toBe('invalid_resource')
    expect(await codeOf(mint('org', { resource: o1, holder: space }))).toBe('invalid_resource')
  })
})

describe('what a person makes', () => {
  it('a key of the organization outlives their role; a child of their key follows it', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const ann = await join('ann', { [o1]: 'owner' })
    await join('bob', { [o1]: 'owner' })
    const signedIn = authority.asPerson(ann.id)
    const org = await shown(signedIn.keys.mint('org', { resource: o1 }))
    expect(org.key).toMatchObject({ parentId: null, createdBy: `users/${ann.id}`, holder: o1 })
    const personal = await keyOf(ann)
    const desk = authority.as(await principalOf(world, personal.secret))
    const child = await shown(desk.keys.mint('worker', { resource: p1 }))
    expect(child.key).toMatchObject({ parentId: personal.id, holder: p1 })
    const ask = { scope: 'runs:write', resource: `${p1}/runs/r` }
    const both = () => Promise.all([org, child].map(({ secret }) => verdict(world, secret, ask)))
    expect(await both()).toEqual(['allowed', 'allowed'])
    await good(authority.members.change({ personId: ann.id, resource: o1, role: 'viewer' }))
    expect(await both()).toEqual(['allowed', 'insufficient_scope'])
    await good(authority.members.remove({ personId: ann.id, resource: o1 }))
    expect(await both()).toEqual(['allowed', 'outside_resource'])
    expect(await verdict(world, child.secret)).toBe('outside_resource')
  })

  it('is within what they reach: scopes and place of a child, and the role for a key of the organization', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const ann = await join('ann', { [o1]: 'viewer', [p1]: 'maintainer' })
    const { secret } = await keyOf(ann)
    for (const desk of [
      authority.asPerson(ann.id),
      authority.as(await principalOf(world, secret)),
    ]) {
      const { mint } = desk.keys
      const child = await shown(mint('worker', { resource: p1 }))
      expect(child.key.scopes).toEqual(['runs:read', 'runs:write'])
      const wider = mint('worker', { resource: p1, scopes: ['nodes:write'] })
      expect(await codeOf(wider)).toBe('exceeds_parent')
      expect(await codeOf(mint('worker', { resource: p2 }))).toBe('exceeds_parent')
    }
    const { mint } = authority.asPerson(ann.id).keys
    expect(await codeOf(mint('org', { resource: o1 }))).toBe('exceeds_parent')
  })

  it('is never a key of somebody else', async () => {
    const { authority, join, keyOf } = await openLab()
    const [ann, bob] = [await join('ann', { [o1]: 'owner' }), await join('bob', { [o1]: 'viewer' })]
    const { mint, rotate, revoke } = authority.asPerson(ann.id).keys
    const space = `users/${bob.id}`
    expect(await codeOf(mint('personal', { resource: space }))).toBe('exceeds_parent')
    const asOwner = mint('personal', { resource: o1, holder: space })
    expect(await codeOf(asOwner)).toBe('exceeds_parent')
    const org = await shown(authority.keys.mint('org', { resource: o1 }))
    const asOrg = authority
      .as(await principalOf({ authority }, org.secret))
      .keys.mint('personal', { resource: o1, holder: space })
    expect(await codeOf(asOrg)).toBe('exceeds_parent')
    // What reaches into the organization is seen there, and belongs to its person all the same.
    const bobs = await keyOf(bob, { resource: o1 })
    expect(await codeOf(authority.asPerson(ann.id).keys.show(bobs.id))).toBe('ok')
    expect(await codeOf(rotate(bobs.id))).toBe('kind_not_mintable')
    expect(await codeOf(revoke(bobs.id))).toBe('kind_not_mintable')
    const wide = await keyOf(bob)
    expect(await codeOf(revoke(wide.id))).toBe('key_not_found')
    expect(await codeOf(authority.asPerson(ann.id).keys.show(wide.id))).toBe('key_not_found')
  })
})

describe("a person's keys", () => {
  it('are listed and ended by the person, wherever they are bound', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const [ann, bob] = [await join('ann', { [o1]: 'viewer' }), await join('bob', { [o1]: 'owner' })]
    const wide = await keyOf(ann, { name: 'laptop' })
    const narrow = await keyOf(ann, { resource: p1, name: 'ci' })
    await keyOf(bob)
    await shown(authority.keys.mint('org', { resource: o1 }))
    const mine = authority.as(await principalOf(world, wide.secret))
    for (const desk of [mine, authority.asPerson(ann.id)]) {
      const { keys } = await good(desk.keys.list())
      expect(keys.map(({ id }) => id)).toEqual([narrow.id, wide.id])
      expect(await codeOf(desk.keys.list({ resource: o1 }))).toBe('outside_resource')
    }
    const { keys } = await good(authority.asPerson(bob.id).keys.list({ resource: o1 }))
    expect(keys).toHaveLength(2)
    expect(await codeOf(mine.keys.revoke(narrow.id))).toBe('ok')
    expect(await verdict(world, narrow.secret)).toBe('key_revoked')
    // A key that is bound elsewhere does not speak for the person's other keys.
    const other = await keyOf(ann, { resource: p1 })
    const bound = authority.as(await principalOf(world, other.secret))
    expect(await codeOf(bound.keys.revoke(wide.id))).not.toBe('ok')
    const { events } = await good(mine.events.list())
    expect(events.map(({ type }) => type)).toContain('membership.granted')
    expect(events.every(({ person }) => person === `users/${ann.id}`)).toBe(true)
  })
})
