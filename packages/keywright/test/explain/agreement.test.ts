// What is explained and what is decided are one: whatever happened to a key, whatever is asked of it, the first term
// that fails has the code that `verify` answers with, and explaining changes nothing of that.

import { fc } from '@keywright/core/testing'
import { defineAuthority, hours, perMonth, perSecond } from 'keywright'
import { describe, expect, it } from 'vitest'
import { good } from '../people/lab.ts'
import type { Shown } from '../world/open-world.ts'
import { openWorld, principalOf, shown } from '../world/open-world.ts'

const o1 = 'organizations/o1'
const a1 = `${o1}/agents/a1`

const definition = defineAuthority({
  product: { name: 'All', slug: 'all' },
  resources: { organizations: { agents: {} } },
  scopes: ['agents:read', 'agents:write'],
  modes: ['live', 'test'],
  roles: { owner: ['*'], viewer: ['agents:read'] },
  keys: {
    personal: { prefix: 'al_pk', bound: 'users', scopes: ['*'] },
    org: { prefix: 'al_sk', bound: 'organizations', scopes: ['*'] },
    agent: {
      prefix: 'al_ak',
      bound: 'organizations/agents',
      scopes: ['agents:read', 'keys:*'],
      mintedBy: ['org', 'personal'],
      lifetime: { max: hours(2) },
    },
  },
  limits: { rate: perSecond(1).burst(2).on('agent'), quota: perMonth(4).on('personal', 'agent') },
})

const smaller = defineAuthority({
  product: { name: 'Less', slug: 'less' },
  resources: { organizations: {} },
  scopes: ['agents:read'],
  keys: { other: { prefix: 'le_sk', bound: 'organizations', scopes: ['*'] } },
})

const places = fc.constantFrom(o1, a1, `${o1}/agents/a2`, 'organizations/o2', 'organizations/-')
const asks = fc.record(
  {
    scope: fc.constantFrom('agents:read', 'agents:write', 'keys:read' as const),
    resource: places,
    mode: fc.constantFrom('live', 'test' as const),
  },
  { requiredKeys: [] },
)
const steps = fc.constantFrom(
  'disable',
  'enable',
  'end',
  'revokeParent',
  'revoke',
  'rotate',
  'narrowParent',
  'demote',
  'dismiss',
  'block person',
  'hour',
)

const histories = fc.record({
  steps: fc.array(steps, { maxLength: 4 }),
  asks: fc.array(asks, { minLength: 1, maxLength: 6 }),
})

async function openHistory() {
  const world = await openWorld(definition, { database: ':memory:' })
  const { authority } = world
  const { keys, people, members, resources } = authority
  const { person } = await good(people.add({ name: 'ann' }))
  const space = `users/${person.id}`
  const at = { personId: person.id, resource: o1 }
  await good(members.grant({ ...at, role: 'owner' }))
  const boss = await good(people.add({ name: 'boss' }))
  await good(members.grant({ personId: boss.person.id, resource: o1, role: 'owner' }))
  const org = await shown(keys.mint('org', { resource: o1 }))
  const personal = await shown(keys.mint('personal', { resource: space }))
  const narrow = await shown(keys.mint('personal', { resource: a1, holder: space }))
  const children: Shown[] = []
  for (const parent of [org, personal]) {
    const desk = authority.as(await principalOf(world, parent.secret))
    children.push(await shown(desk.keys.mint('agent', { resource: a1 })))
  }
  const act = async (step: string): Promise<void> => {
    if (step === 'disable') await resources.disable(a1)
    if (step === 'enable') await resources.enable(a1)
    if (step === 'end') await resources.end(a1)
    if (step === 'revokeParent') await keys.revoke(org.id)
    if (step === 'revoke') await keys.revoke((children[1] as Shown).id)
    if (step === 'rotate') await keys.rotate(personal.id, { overlapSeconds: 60 })
    if (step === 'narrowParent') await keys.narrow(org.id, { scopes: ['keys:*'] })
    if (step === 'demote') await members.change({ ...at, role: 'viewer' })
    if (step === 'dismiss') await members.remove(at)
    if (step === 'block person') await resources.disable(space)
    if (step === 'hour') world.clock.advance(hours(1) * 1000)
  }
  return { world, authority, act, secrets: [org, personal, narrow, ...children] }
}

describe('an explanation', () => {
  it('has the code of the verdict, for any key, history and question', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { authority, act, secrets } = await openHistory()
        for (const step of history.steps) await act(step)
        for (const { secret } of secrets) {
          // The last ones ask for nothing, so that a key which stands comes to the end of its limits.
          for (const ask of [...history.asks, {}, {}, {}]) {
            const request = { credential: secret, ...ask }
            const { explanation } = await good(authority.keys.explain(request))
            const again = await good(authority.keys.explain(request))
            expect(again.explanation).toEqual(explanation)
            const decision = await authority.verify(request)
            const code = decision.allowed ? 'allowed' : decision.code
            expect(explanation.code).toBe(code)
            expect(explanation.allowed).toBe(decision.allowed)
            const failing = explanation.terms.find(({ verdict }) => verdict === 'fails')
            expect(failing?.verdict === 'fails' ? failing.code : 'allowed').toBe(code)
            seen.add(code)
          }
        }
        await authority.close()
      }),
      { numRuns: 150 },
    )
    // The histories are rich enough to mean something; what is rare in them is not asked for.
    const common = ['allowed', 'insufficient_scope', 'key_revoked', 'outside_resource']
    const limited = ['rate_limited', 'quota_exhausted']
    const blocked = ['resource_disabled', 'resource_ended', 'wrong_mode']
    expect([...seen]).toEqual(expect.arrayContaining([...common, ...limited, ...blocked]))
  })

  it('is refused as genuine for a kind that the definition lost', async () => {
    const world = await openWorld(definition)
    const { id, secret } = await shown(world.authority.keys.mint('org', { resource: o1 }))
    await world.authority.close()
    const { authority } = await openWorld(smaller, { database: world.database })
    const { explanation } = await good(authority.keys.explain({ keyId: id }))
    expect(explanation).toMatchObject({ keyId: id, code: 'invalid_key' })
    expect(await authority.verify({ credential: secret })).toMatchObject({ code: 'invalid_key' })
  })

  it('is refused as genuine for what is no secret', async () => {
    const { authority } = await openWorld(definition)
    for (const credential of ['', 'al_pk', 'x'.repeat(9000), 'al_zz_live_0000']) {
      const { explanation } = await good(authority.keys.explain({ credential }))
      expect(explanation).toMatchObject({ keyId: null, code: 'invalid_key' })
      const decision = await authority.verify({ credential })
      expect(decision).toMatchObject({ code: 'invalid_key' })
    }
  })
})
