import { describe, expect, it } from 'vitest'
import { acme } from './world/definitions.ts'
import { codeOf, openWorld, principalOf, shown, verdict } from './world/open-world.ts'

const resource = 'organizations/o1'
const agentResource = `${resource}/agents/a1`

describe('a resource', () => {
  it('refuses all keys at or below it while it is disabled, and no others', async () => {
    const world = await openWorld(acme)
    const { mint } = world.authority.keys
    const org = await shown(mint('org', { resource }))
    const agent = await shown(mint('agent', { resource: agentResource }))
    const run = await shown(mint('run', { resource: `${agentResource}/runs/r1` }))
    const other = await shown(mint('agent', { resource: `${resource}/agents/a10` }))
    for (const { secret } of [org, agent, run, other]) {
      expect(await verdict(world, secret)).toBe('allowed')
    }
    await world.authority.resources.disable(agentResource)
    expect(await verdict(world, agent.secret)).toBe('resource_disabled')
    expect(await verdict(world, run.secret)).toBe('resource_disabled')
    expect(await verdict(world, org.secret)).toBe('allowed')
    expect(await verdict(world, other.secret)).toBe('allowed')
    await world.authority.resources.enable(agentResource)
    expect(await verdict(world, agent.secret)).toBe('allowed')
    expect(await verdict(world, run.secret)).toBe('allowed')
  })

  it('stays ended for good, across restarts', async () => {
    const world = await openWorld(acme)
    const { secret } = await shown(world.authority.keys.mint('org', { resource }))
    await world.authority.resources.end(resource)
    expect(await codeOf(world.authority.resources.enable(resource))).toBe('already_ended')
    expect(await codeOf(world.authority.resources.disable(resource))).toBe('already_ended')
    expect(await codeOf(world.authority.resources.end(resource))).toBe('ok')
    const below = { resource: `${resource}/agents/a1` }
    expect(await codeOf(world.authority.keys.mint('agent', below))).toBe('already_ended')
    await world.reopen()
    expect(await verdict(world, secret)).toBe('resource_ended')
    expect(world.rows("select type from events where type like 'resource.%'")).toEqual([
      { type: 'resource.ended' },
    ])
  })

  it('ends 5,000 keys by one event and one row (row 92)', async () => {
    const world = await openWorld(acme)
    const { mint } = world.authority.keys
    const secrets: string[] = []
    const [agents, each] = [50, 100]
    for (let index = 0; index < agents; index += 1) {
      const name = `${resource}/agents/a${index}`
      const made = Array.from({ length: each }, () => shown(mint('agent', { resource: name })))
      secrets.push(...(await Promise.all(made)).map(({ secret }) => secret))
    }
    for (const secret of secrets) expect(await verdict(world, secret)).toBe('allowed')
    const [before] = world.rows('select count(*) as n, max(seq) as last from events')
    await world.authority.resources.end(resource)
    const [after] = world.rows('select count(*) as n, max(seq) as last from events')
    expect(after).toEqual({ n: agents * each + 1, last: Number(before?.['last']) + 1 })
    const verdicts = await Promise.all(secrets.map((secret) => verdict(world, secret)))
    expect(new Set(verdicts)).toEqual(new Set(['resource_ended']))
  }, 60_000)

  it('is changed only by a key bound above it', async () => {
    const world = await openWorld(acme)
    const org = await shown(world.authority.keys.mint('org', { resource }))
    const desk = world.authority.as(await principalOf(world, org.secret))
    expect(await codeOf(desk.resources.disable(agentResource))).toBe('ok')
    expect(await codeOf(desk.resources.disable(resource))).toBe('outside_resource')
    expect(await codeOf(desk.resources.end('organizations/o2'))).toBe('outside_resource')
    expect(await codeOf(desk.resources.end('organizations/-'))).toBe('invalid_resource')
    expect(await codeOf(desk.resources.end('planets/p1'))).toBe('invalid_resource')
  })

  it('is not changed by a key for test data, for its live keys would fall with it', async () => {
    const world = await openWorld(acme)
    const { mint } = world.authority.keys
    const agent = await shown(mint('agent', { resource: agentResource, mode: 'live' }))
    const test = await shown(mint('org', { resource, mode: 'test' }))
    const desk = world.authority.as(await principalOf(world, test.secret))
    for (const verb of ['disable', 'end', 'enable'] as const) {
      expect(await codeOf(desk.resources[verb](agentResource)), verb).toBe('wrong_mode')
    }
    expect(await verdict(world, agent.secret)).toBe('allowed')
  })

  it('stops the keys below it from changing anything', async () => {
    const world = await openWorld(acme)
    const org = await shown(world.authority.keys.mint('org', { resource }))
    const desk = world.authority.as(await principalOf(world, org.secret))
    await world.authority.resources.disable(resource)
    const mint = desk.keys.mint('agent', { resource: agentResource })
    expect(await codeOf(mint)).toBe('resource_disabled')
    expect(await codeOf(desk.keys.rotate(org.id))).toBe('resource_disabled')
    expect(await codeOf(desk.keys.list())).toBe('resource_disabled')
  })
})

describe('a resource that was disabled from above', () => {
  it('is enabled only from there: a key below cannot undo it', async () => {
    const world = await openWorld(acme)
    const { authority } = world
    const run = `${agentResource}/runs/r1`
    const org = await shown(authority.keys.mint('org', { resource }))
    const agent = await shown(authority.keys.mint('agent', { resource: agentResource }))
    const asOrg = authority.as(await principalOf(world, org.secret))
    const asAgent = authority.as(await principalOf(world, agent.secret))
    expect(await codeOf(asAgent.resources.disable(run))).toBe('ok')
    expect(await codeOf(asAgent.resources.enable(run))).toBe('ok')
    expect(await codeOf(asAgent.resources.disable(run))).toBe('ok')
    // Disabled again from higher up: now it is the organization's to say.
    expect(await codeOf(asOrg.resources.disable(run))).toBe('ok')
    expect(await codeOf(asAgent.resources.enable(run))).toBe('outside_resource')
    expect(await codeOf(authority.resources.disable(run))).toBe('ok')
    expect(await codeOf(asOrg.resources.enable(run))).toBe('outside_resource')
    expect(await codeOf(authority.resources.enable(run))).toBe('ok')
    expect(world.rows("select type from events where type like 'resource.%'")).toHaveLength(4)
  })
})
