import { describe, expect, it } from 'vitest'
import { codeOf, principalOf, shown, verdict } from '../world/open-world.ts'
import { good, o1, openLab, p1 } from './lab.ts'

describe('a membership', () => {
  it('is granted, changed, removed and listed, each change with its event about that person', async () => {
    const { world, authority, join } = await openLab()
    const [ann, bob] = [await join('ann'), await join('bob', { [p1]: 'viewer' })]
    const at = { personId: ann.id, resource: o1 }
    const { membership } = await good(authority.members.grant({ ...at, role: 'viewer' }))
    expect(membership).toMatchObject({ ...at, role: 'viewer', grantedBy: 'operator:product' })
    const again = authority.members.grant({ ...at, role: 'owner' })
    expect(await codeOf(again)).toBe('membership_exists')
    await good(authority.members.change({ ...at, role: 'maintainer' }))
    const { members } = await good(authority.members.list({ resource: o1 }))
    expect(members).toMatchObject([{ personId: ann.id, role: 'maintainer' }])
    await good(authority.members.grant({ ...at, resource: p1, role: 'owner' }))
    const first = await good(authority.members.list({ resource: p1, limit: 1 }))
    const second = await good(
      authority.members.list({ resource: p1, limit: 1, after: first.next as string }),
    )
    expect([...first.members, ...second.members].map(({ personId }) => personId)).toEqual(
      [ann.id, bob.id].toSorted(),
    )
    expect(second.next).toBeNull()
    const { memberships } = await good(authority.members.of(ann.id))
    expect(memberships.map(({ resource }) => resource)).toEqual([o1, p1])
    await good(authority.members.remove(at))
    expect(await codeOf(authority.members.remove(at))).toBe('membership_not_found')
    const changed = authority.members.change({ ...at, role: 'viewer' })
    expect(await codeOf(changed)).toBe('membership_not_found')
    const events = world.rows(`select type, person, resource from events where resource = '${o1}'`)
    const person = `users/${ann.id}`
    expect(events).toEqual([
      { type: 'membership.granted', person, resource: o1 },
      { type: 'membership.changed', person, resource: o1 },
      { type: 'membership.removed', person, resource: o1 },
    ])
  })

  it.each([
    [{ resource: 'organizations/-' }, 'invalid_resource'],
    [{ resource: 'teams/t' }, 'invalid_resource'],
    [{ resource: 'users/usr_1' }, 'invalid_resource'],
    [{ role: 'emperor' }, 'unknown_role'],
    [{ personId: 'usr_0' }, 'person_not_found'],
  ])('is refused with %j as %s, and nothing is written', async (change, code) => {
    const { world, authority, join } = await openLab()
    const { id: personId } = await join('ann')
    const request = { personId, resource: o1, role: 'viewer', ...change } as const
    expect(await codeOf(authority.members.grant(request as never))).toBe(code)
    expect(world.rows('select * from memberships')).toEqual([])
    expect(world.rows("select * from events where type like 'membership%'")).toEqual([])
  })
})

describe('nobody decides about roles', () => {
  it('without members:write there', async () => {
    const { world, authority, join } = await openLab()
    const ann = await join('ann', { [o1]: 'researcher', [p1]: 'maintainer' })
    const bob = await join('bob')
    const { members } = authority.asPerson(ann.id)
    const grant = (resource: string) =>
      codeOf(members.grant({ personId: bob.id, resource, role: 'viewer' }))
    expect(await grant(p1)).toBe('ok')
    expect(await grant(o1)).toBe('insufficient_scope')
    expect(await grant('organizations/o2')).toBe('outside_resource')
    expect(await codeOf(members.list({ resource: o1 }))).toBe('insufficient_scope')
    expect(await codeOf(members.of(bob.id))).toBe('person_not_found')
    const worker = await shown(authority.keys.mint('worker', { resource: p1 }))
    const asWorker = authority.as(await principalOf(world, worker.secret)).members
    const give = asWorker.grant({ personId: bob.id, resource: p1, role: 'viewer' })
    expect(await codeOf(give)).toBe('insufficient_scope')
  })

  it('above their own rights: neither giving, nor taking what is wider', async () => {
    const { authority, join } = await openLab()
    const ann = await join('ann', { [o1]: 'maintainer' })
    const boss = await join('boss', { [o1]: 'owner' })
    await join('other', { [o1]: 'owner' })
    const bob = await join('bob', { [o1]: 'viewer' })
    const { members, invitations } = authority.asPerson(ann.id)
    const role = (personId: string, name: 'owner' | 'researcher' | 'maintainer') =>
      codeOf(members.change({ personId, resource: o1, role: name }))
    expect(await role(bob.id, 'owner')).toBe('exceeds_role')
    // A researcher may do what a maintainer may not.
    expect(await role(bob.id, 'researcher')).toBe('exceeds_role')
    expect(await role(ann.id, 'owner')).toBe('exceeds_role')
    expect(await role(boss.id, 'maintainer')).toBe('exceeds_role')
    expect(await codeOf(members.remove({ personId: boss.id, resource: o1 }))).toBe('exceeds_role')
    const invite = { resource: o1, role: 'owner', email: 'eve@lab.example' } as const
    expect(await codeOf(invitations.create(invite))).toBe('exceeds_role')
    expect(await role(bob.id, 'maintainer')).toBe('ok')
  })

  it('with more than their key has', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const ann = await join('ann', { [o1]: 'owner' })
    const bob = await join('bob')
    const { secret } = await keyOf(ann, { scopes: ['members:*', 'runs:read'] })
    const { members } = authority.as(await principalOf(world, secret))
    const grant = (role: 'viewer' | 'researcher') =>
      codeOf(members.grant({ personId: bob.id, resource: o1, role }))
    expect(await grant('researcher')).toBe('exceeds_role')
    expect(await grant('viewer')).toBe('ok')
  })

  it('after they lost the role by which they did', async () => {
    const { authority, join } = await openLab()
    const ann = await join('ann', { [o1]: 'maintainer' })
    const bob = await join('bob')
    await good(authority.members.remove({ personId: ann.id, resource: o1 }))
    const grant = { personId: bob.id, resource: o1, role: 'viewer' } as const
    expect(await codeOf(authority.asPerson(ann.id).members.grant(grant))).toBe('outside_resource')
  })
})

describe('the last owner', () => {
  it('neither leaves nor is demoted, whoever asks; another owner makes it possible', async () => {
    const { authority, join } = await openLab()
    const ann = await join('ann', { [o1]: 'owner' })
    const bob = await join('bob', { [o1]: 'viewer' })
    const at = { personId: ann.id, resource: o1 }
    for (const { members } of [authority, authority.asPerson(ann.id)]) {
      expect(await codeOf(members.remove(at))).toBe('last_owner')
      expect(await codeOf(members.change({ ...at, role: 'viewer' }))).toBe('last_owner')
      expect(await codeOf(members.change({ ...at, role: 'owner' }))).toBe('ok')
    }
    await good(authority.members.change({ ...at, personId: bob.id, role: 'owner' }))
    // Somebody who is gone for good owns nothing.
    await good(authority.resources.end(`users/${bob.id}`))
    expect(await codeOf(authority.members.remove(at))).toBe('last_owner')
    const cyd = await join('cyd', { [o1]: 'owner' })
    expect(await codeOf(authority.asPerson(ann.id).members.remove(at))).toBe('ok')
    const left = authority.asPerson(cyd.id).members.remove({ ...at, personId: cyd.id })
    expect(await codeOf(left)).toBe('last_owner')
  })

  it('a person leaves without any scope for it', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const ann = await join('ann', { [o1]: 'viewer' })
    const { secret } = await keyOf(ann)
    const leave = authority.asPerson(ann.id).members.remove({ personId: ann.id, resource: o1 })
    expect(await codeOf(leave)).toBe('ok')
    expect(await verdict(world, secret, { resource: o1 })).toBe('outside_resource')
  })
})

describe('an organization', () => {
  it('has its creator as owner, a slug of its own, and is found by those who reach it', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const [ann, bob] = [await join('ann'), await join('bob')]
    const { organizations } = authority.asPerson(ann.id)
    const { organization } = await good(organizations.create({ slug: 'acme', name: 'Acme' }))
    const resource = `organizations/${organization.id}`
    const { secret } = await keyOf(ann)
    expect(await verdict(world, secret, { resource, scope: 'nodes:write' })).toBe('allowed')
    expect(await organizations.find({ slug: 'acme' })).toEqual({ ok: true, organization })
    expect(await organizations.find({ id: organization.id })).toEqual({ ok: true, organization })
    const hidden = authority.asPerson(bob.id).organizations
    expect(await codeOf(hidden.find({ slug: 'acme' }))).toBe('organization_not_found')
    expect(await codeOf(hidden.create({ slug: 'acme', name: 'x' }))).toBe('slug_taken')
    expect(await codeOf(hidden.create({ slug: 'Acme!', name: 'x' }))).toBe('invalid_slug')
    const forOther = hidden.create({ slug: 'b', name: 'x', ownerId: ann.id })
    expect(await codeOf(forOther)).toBe('outside_resource')
    const byProduct = authority.organizations
    expect(await codeOf(byProduct.create({ slug: 'c', name: 'x' }))).toBe('person_not_found')
    expect(await codeOf(byProduct.create({ slug: 'c', name: 'x', ownerId: bob.id }))).toBe('ok')
  })
})

describe('a person', () => {
  it('is added and changed by the product, and shown to themself', async () => {
    const { authority, join } = await openLab()
    const [ann, bob] = [await join('ann'), await join('bob')]
    expect(ann).toMatchObject({ name: 'ann', email: 'ann@lab.example', isEmailVerified: true })
    const { person } = await good(authority.people.change(ann.id, { email: 'a@lab.example' }))
    expect(person).toMatchObject({ email: 'a@lab.example', isEmailVerified: false, name: 'ann' })
    expect(await authority.people.show(ann.id)).toEqual({ ok: true, person })
    expect(await codeOf(authority.people.add({ name: '' }))).toBe('invalid_name')
    expect(await codeOf(authority.people.add({ name: 'x', email: 'x' }))).toBe('invalid_email')
    expect(await codeOf(authority.people.show('usr_0'))).toBe('person_not_found')
    expect(await codeOf(authority.people.change('usr_0', {}))).toBe('person_not_found')
    expect(await codeOf(authority.asPerson('usr_0').keys.list())).toBe('person_not_found')
    expect(await codeOf(authority.asPerson(bob.id).members.of(bob.id))).toBe('ok')
  })
})
