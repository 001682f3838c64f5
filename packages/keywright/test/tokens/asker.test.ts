// Who may ask about whom: what `verify` answers to a caller about somebody else's credential.

import type { Placed } from '@keywright/core'
import { describe, expect, it } from 'vitest'
import { good } from '../people/lab.ts'
import { principalOf, shown, verdict } from '../world/open-world.ts'
import { openIssuer } from './open-issuer.ts'

const o1 = 'organizations/o1'
const o2 = 'organizations/o2'
const p1 = `${o1}/projects/p1`

async function openAskers() {
  const site = await openIssuer()
  const { world, authority } = site
  const keyAt = (kind: 'org' | 'worker', resource: string) =>
    shown(authority.keys.mint(kind, { resource }))
  const asker = async (resource: string): Promise<Placed> =>
    principalOf(world, (await keyAt('org', resource)).secret)
  return { ...site, authority, keyAt, inO1: await asker(o1), inO2: await asker(o2) }
}

describe("a person's credential", () => {
  it('is there for an organization where the person has a role, about that place and no other', async () => {
    const { world, inO1, join, token } = await openAskers()
    await join('ada', { [p1]: 'member', [o2]: 'owner' })
    const credential = await token('ada')
    const ask = (asked: object) => verdict(world, credential, { within: inO1, ...asked })
    expect(await ask({ resource: p1, scope: 'runs:write' })).toBe('allowed')
    expect(await ask({ resource: p1, scope: 'members:write' })).toBe('insufficient_scope')
    expect(await ask({ resource: o2, scope: 'runs:write' })).toBe('invalid_key')
    expect(await ask({ resource: `${o1}/projects/p2` })).toBe('invalid_key')
    // Owner elsewhere is nothing here: without a resource it is asked about the asker's own.
    expect(await ask({ scope: 'runs:write' })).toBe('invalid_key')
    expect(await ask({ resource: `${p1}/../../../${o2}` })).toBe('invalid_key')
    expect(await ask({ resource: 'organizations/-' })).toBe('invalid_key')
  })

  it('tells no more scopes than those of that place', async () => {
    const { authority, inO1, join, token } = await openAskers()
    const { id } = await join('ada', { [o1]: 'viewer', [o2]: 'owner' })
    const space = `users/${id}`
    const key = await shown(authority.keys.mint('personal', { resource: space, holder: space }))
    for (const credential of [await token('ada'), key.secret]) {
      const decision = await authority.verify({ credential, within: inO1 })
      expect(decision).toMatchObject({ allowed: true, principal: { scopes: ['runs:read'] } })
    }
  })

  it('is like an unknown one for everybody else (row 11)', async () => {
    const { authority, world, inO2, join, token } = await openAskers()
    const { id } = await join('ada', { [o1]: 'owner' })
    const credential = await token('ada')
    const unknown = await authority.verify({ credential: 'unknown' })
    expect(await authority.verify({ credential, within: inO2 })).toEqual(unknown)
    await good(authority.resources.disable(`users/${id}`))
    expect(await verdict(world, credential, { within: inO2 })).toBe('invalid_key')
  })
})

describe('somebody who asks as a person', () => {
  it('sees keys where their role lets them verify, and only there', async () => {
    const { world, keyAt, join, token } = await openAskers()
    await join('ada', { [o1]: 'member', [o2]: 'viewer' })
    const within = await principalOf(world, await token('ada'))
    const ask = async (resource: string, kind: 'org' | 'worker') =>
      verdict(world, (await keyAt(kind, resource)).secret, { within })
    expect(await ask(o1, 'org')).toBe('allowed')
    expect(await ask(p1, 'worker')).toBe('allowed')
    expect(await ask(o2, 'org')).toBe('invalid_key')
  })

  it('sees nothing by a narrowed key where the role has no keys:verify', async () => {
    const { world, authority, keyAt, join } = await openAskers()
    const ada = await join('ada', { [o1]: 'viewer', [p1]: 'member' })
    const wish = { resource: o1, holder: `users/${ada.id}` }
    const narrowed = await shown(authority.keys.mint('personal', wish))
    const within = await principalOf(world, narrowed.secret)
    const ask = async (kind: 'org' | 'worker', resource: string) =>
      verdict(world, (await keyAt(kind, resource)).secret, { within })
    expect(await ask('worker', p1)).toBe('allowed')
    expect(await ask('org', o1)).toBe('invalid_key')
    expect(await ask('worker', `${o1}/projects/p2`)).toBe('invalid_key')
  })
})
