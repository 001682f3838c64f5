// What people decide about themselves, however they have shown who they are.

import type { Principal } from '@keywright/core'
import { describe, expect, it } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { codeOf, principalOf, shown } from '../world/open-world.ts'
import { good, o1, openLab, p1 } from './lab.ts'

async function openAnn() {
  const lab = await openLab()
  const { world, authority, join, keyOf } = lab
  const ann = await join('ann')
  await join('boss', { [o1]: 'owner', [p1]: 'owner' })
  const now = world.clock.now()
  const decision = await authority.verifySession({
    personId: ann.id,
    sessionId: 'ses_1',
    authenticatedAt: now,
    expiresAt: now + 60_000,
  })
  if (!decision.allowed) throw new Error(decision.code)
  const key = await keyOf(ann)
  return {
    ...lab,
    authority,
    ann,
    session: decision.principal,
    personal: await principalOf(world, key.secret),
    async offer(resource: string) {
      const request = { resource, role: 'viewer', email: 'ann@lab.example' } as const
      const { token } = await good(authority.invitations.create(request))
      rememberSecret(token)
      return token
    },
  }
}

describe('a person', () => {
  it('joins, leaves, founds and is called something by session and by personal key alike', async () => {
    const { authority, ann, session, personal, offer } = await openAnn()
    const desks = [session, personal].map((principal: Principal) => authority.as(principal))
    for (const [index, desk] of [...desks, authority.asPerson(ann.id)].entries()) {
      const { membership } = await good(desk.invitations.accept({ token: await offer(o1) }))
      expect(membership.personId).toBe(ann.id)
      await good(desk.members.remove({ personId: ann.id, resource: o1 }))
      const slug = `ann-${index}`
      const { organization } = await good(desk.organizations.create({ slug, name: slug }))
      await good(desk.organizations.change(organization.id, { name: 'Ann' }))
      const { person } = await good(desk.people.rename(ann.id, `Ann ${index}`))
      expect(person.name).toBe(`Ann ${index}`)
      const { own } = await good(desk.me.scopes())
      expect(own.organizations).toHaveLength(index + 1)
      expect(own.person?.id).toBe(ann.id)
    }
  })

  it('is not spoken for by a key that was made to do less, or by one below it', async () => {
    const { world, authority, ann, keyOf, personal, offer } = await openAnn()
    await good(authority.members.grant({ personId: ann.id, resource: p1, role: 'owner' }))
    const small = await keyOf(ann, { scopes: ['runs:*', 'keys:*'] })
    const narrow = await keyOf(ann, { resource: p1 })
    const child = await shown(authority.as(personal).keys.mint('worker', { resource: p1 }))
    const token = await offer(o1)
    const codes = []
    for (const { secret } of [small, narrow, child]) {
      const desk = authority.as(await principalOf(world, secret))
      codes.push(
        await codeOf(desk.invitations.accept({ token })),
        await codeOf(desk.organizations.create({ slug: 'x', name: 'x' })),
        await codeOf(desk.people.rename(ann.id, 'x')),
      )
    }
    const [lacking, outside] = ['insufficient_scope', 'outside_resource']
    expect(codes).toEqual([...Array(3).fill(lacking), ...Array(6).fill(outside)])
    expect(world.rows('select 1 from organizations')).toEqual([])
  })

  it('has no name of their own as an operator', async () => {
    const { authority, ann } = await openAnn()
    expect(await codeOf(authority.me.scopes())).toBe('person_not_found')
    expect(await codeOf(authority.people.rename(ann.id, 'Given'))).toBe('ok')
    expect(await codeOf(authority.people.rename('usr_0', 'x'))).toBe('person_not_found')
    expect(await codeOf(authority.people.rename(ann.id, ''))).toBe('invalid_name')
  })
})
