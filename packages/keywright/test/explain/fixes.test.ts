// What an explanation advises is what helps.

import { describe, expect, it } from 'vitest'
import { good, o1, openLab, p1, p2 } from '../people/lab.ts'
import { principalOf, shown } from '../world/open-world.ts'

type Lab = Awaited<ReturnType<typeof openLab>>

async function fixOf({ authority }: Lab, keyId: string, ask: object = {}): Promise<string> {
  const { explanation } = await good(authority.keys.explain({ keyId, ...ask }))
  const failing = explanation.terms.find(({ verdict }) => verdict === 'fails')
  return failing?.verdict === 'fails' ? `${failing.term}: ${failing.fix}` : 'none'
}

describe('the fix', () => {
  it('of a scope names who lacks it: the kind, the key, the key above or the role', async () => {
    const lab = await openLab()
    const { world, authority, join, keyOf } = lab
    const org = await shown(
      authority.keys.mint('org', { resource: o1, scopes: ['runs:*', 'keys:*'] }),
    )
    const small = await shown(
      authority.keys.mint('worker', { resource: p1, scopes: ['runs:read'] }),
    )
    const desk = authority.as(await principalOf(world, org.secret))
    const child = await shown(desk.keys.mint('worker', { resource: p1 }))
    const ask = { scope: 'members:read' }
    expect(await fixOf(lab, child.id, ask)).toContain('Keys of kind worker never have members:read')
    expect(await fixOf(lab, small.id, { scope: 'runs:write' })).toContain('This key has runs:read')
    await good(authority.keys.narrow(org.id, { scopes: ['keys:*', 'runs:read'] }))
    const write = { scope: 'runs:write' }
    expect(await fixOf(lab, child.id, write)).toContain(`The key above it, ${org.id}, has keys:*`)
    const ann = await join('ann', { [o1]: 'viewer', [p2]: 'researcher' })
    const personal = await keyOf(ann, { resource: p1 })
    const there = { ...write, resource: p1 }
    const give = `scope: Give users/${ann.id} a role with runs:write: owner, maintainer, researcher.`
    expect(await fixOf(lab, personal.id, there)).toBe(give)
  })

  it('of a role is the role: given, the key may', async () => {
    const lab = await openLab()
    const { authority, join, keyOf } = lab
    const ann = await join('ann', { [o1]: 'viewer', [p2]: 'researcher' })
    const { id } = await keyOf(ann)
    const ask = { scope: 'runs:write', resource: p1 }
    expect(await fixOf(lab, id, ask)).toBe(
      `role: Give users/${ann.id} a role at ${p1}, or above it, with runs:write: owner, maintainer, researcher.`,
    )
    await good(authority.members.grant({ personId: ann.id, resource: p1, role: 'researcher' }))
    expect(await fixOf(lab, id, ask)).toBe('none')
    const o2 = 'organizations/o2'
    const outside = `resource: Give users/${ann.id} a role at ${o2} or above it.`
    expect(await fixOf(lab, id, { resource: o2 })).toBe(outside)
  })

  it('of standing names what ended: itself, a key above, the resource, or the last role', async () => {
    const lab = await openLab()
    const { world, authority, join, keyOf } = lab
    const ann = await join('ann', { [o1]: 'owner' })
    const personal = await keyOf(ann, { expiresInSeconds: 60 })
    const desk = authority.as(await principalOf(world, personal.secret))
    const child = await shown(desk.keys.mint('worker', { resource: p1 }))
    const narrow = await keyOf(ann, { resource: p1 })
    await good(authority.resources.disable(p1))
    expect(await fixOf(lab, child.id)).toContain(`Enable ${p1}`)
    await good(authority.resources.enable(p1))
    world.clock.advance(61_000)
    expect(await fixOf(lab, personal.id)).toContain('this one stays expired')
    await good(authority.keys.revoke(personal.id))
    expect(await fixOf(lab, child.id)).toContain(`${personal.id} above this one has ended`)
    await join('bob', { [o1]: 'owner' })
    await good(authority.members.remove({ personId: ann.id, resource: o1 }))
    const role = `standing: Give users/${ann.id} a role at ${p1}, above it or below it.`
    expect(await fixOf(lab, narrow.id)).toBe(role)
    await good(authority.resources.end(o1))
    expect(await fixOf(lab, narrow.id)).toContain(`${o1} has ended for good`)
  })

  it('of a bound key says where it is bound', async () => {
    const lab = await openLab()
    const { authority, join, keyOf } = lab
    const ann = await join('ann', { [o1]: 'owner' })
    const narrow = await keyOf(ann, { resource: p1 })
    const worker = await shown(authority.keys.mint('worker', { resource: p1 }))
    for (const { id } of [narrow, worker]) {
      expect(await fixOf(lab, id, { resource: p2 })).toContain(`this one is bound to ${p1}`)
    }
  })
})
