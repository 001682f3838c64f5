import { describe, expect, it } from 'vitest'
import { acme } from './world/definitions.ts'
import type { Shown } from './world/open-world.ts'
import { codeOf, openWorld, principalOf, shown, verdict } from './world/open-world.ts'

const resource = 'organizations/o1'
const agentResource = `${resource}/agents/a1`

async function makeBranch() {
  const world = await openWorld(acme)
  const org = await shown(world.authority.keys.mint('org', { resource }))
  const orgDesk = world.authority.as(await principalOf(world, org.secret))
  const agent = await shown(orgDesk.keys.mint('agent', { resource: agentResource }))
  const agentDesk = world.authority.as(await principalOf(world, agent.secret))
  const run = await shown(agentDesk.keys.mint('run', { resource: `${agentResource}/runs/r1` }))
  return { world, org, agent, run, orgDesk, agentDesk }
}

describe('revoke', () => {
  it('ends a key before it answers, cached or not, and says so by code', async () => {
    const { world, run } = await makeBranch()
    expect(await verdict(world, run.secret)).toBe('allowed')
    await world.authority.keys.revoke(run.id)
    expect(await verdict(world, run.secret)).toBe('key_revoked')
    await world.reopen()
    expect(await verdict(world, run.secret)).toBe('key_revoked')
  })

  it.each(['cached', 'not cached'])('ends the whole branch at once, %s', async (how) => {
    const { world, org, agent, run } = await makeBranch()
    const before = [org, agent, run].map(({ secret }) => verdict(world, secret))
    expect(await Promise.all(before)).toEqual(['allowed', 'allowed', 'allowed'])
    if (how === 'not cached') await world.reopen()
    await world.authority.keys.revoke(org.id)
    for (const { secret } of [org, agent, run]) {
      expect(await verdict(world, secret)).toBe('key_revoked')
    }
    expect(world.rows("select key_id from events where type = 'key.revoked'")).toEqual([
      { key_id: org.id },
    ])
  })

  it('leaves siblings and the keys above alone', async () => {
    const { world, org, agent, run, orgDesk } = await makeBranch()
    const sibling = await shown(orgDesk.keys.mint('agent', { resource: agentResource }))
    await world.authority.keys.revoke(agent.id)
    expect(await verdict(world, run.secret)).toBe('key_revoked')
    expect(await verdict(world, org.secret)).toBe('allowed')
    expect(await verdict(world, sibling.secret)).toBe('allowed')
  })

  it('keeps the row, the first revocation and one event when it is done again', async () => {
    const { world, run } = await makeBranch()
    const first = await world.authority.keys.revoke(run.id)
    const at = world.clock.now()
    world.clock.advance(5000)
    expect(await world.authority.asOperator('ann').keys.revoke(run.id)).toEqual(first)
    expect(await world.authority.keys.show(run.id)).toMatchObject({
      key: { revokedAt: at, revokedBy: 'operator:product' },
    })
    expect(world.rows("select seq from events where type = 'key.revoked'")).toHaveLength(1)
  })

  it('ends all secrets of a key, also one in its overlap', async () => {
    const { world, run } = await makeBranch()
    const rotated = await shown(world.authority.keys.rotate(run.id, { overlapSeconds: 600 }))
    await world.authority.keys.revoke(run.id)
    expect(await verdict(world, run.secret)).toBe('key_revoked')
    expect(await verdict(world, rotated.secret)).toBe('key_revoked')
  })

  it('lets a holder end its own key without any scope for it', async () => {
    const { world, run } = await makeBranch()
    const desk = world.authority.as(await principalOf(world, run.secret))
    expect(await codeOf(desk.keys.revoke(run.id))).toBe('ok')
    expect(await verdict(world, run.secret)).toBe('key_revoked')
  })

  it('does not let a child touch its parent or a sibling', async () => {
    const { world, org, agent, agentDesk } = await makeBranch()
    expect(await codeOf(agentDesk.keys.revoke(org.id))).toBe('key_not_found')
    const sibling = await shown(world.authority.keys.mint('agent', { resource: agentResource }))
    expect(await codeOf(agentDesk.keys.revoke(sibling.id))).toBe('kind_not_mintable')
    expect(await verdict(world, org.secret)).toBe('allowed')
    expect(await verdict(world, agent.secret)).toBe('allowed')
  })

  it('stops a key that was verified a moment ago from leaving itself a successor (row 89)', async () => {
    const { world, org, agent, run, orgDesk, agentDesk } = await makeBranch()
    const tries = Array.from({ length: 10 }, () => [
      orgDesk.keys.mint('agent', { resource: agentResource }),
      agentDesk.keys.mint('run', { resource: `${agentResource}/runs/r2` }),
      agentDesk.keys.rotate(run.id),
      agentDesk.keys.narrow(run.id, { name: 'late' }),
    ])
    const revoking = world.authority.keys.revoke(org.id)
    const late = [
      orgDesk.keys.mint('agent', { resource: agentResource }),
      agentDesk.keys.rotate(run.id),
      orgDesk.keys.rotate(org.id),
      orgDesk.resources.disable(agentResource),
    ]
    const made: Shown[] = []
    for (const answer of tries.flat()) {
      const outcome = await answer
      if (outcome.ok && 'secret' in outcome) made.push(await shown(Promise.resolve(outcome)))
    }
    await revoking
    expect(await Promise.all(late.map(codeOf))).toEqual(late.map(() => 'key_revoked'))
    for (const { secret } of [agent, run, ...made]) {
      expect(['key_revoked', 'key_rotated']).toContain(await verdict(world, secret))
    }
    const last = world.rows('select type from events order by seq desc limit 1')
    expect(last).toEqual([{ type: 'key.revoked' }])
  })
})
