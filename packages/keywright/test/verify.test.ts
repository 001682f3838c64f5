import { describe, expect, it } from 'vitest'
import { acme } from './world/definitions.ts'
import { openWorld, principalOf, shown, verdict } from './world/open-world.ts'

const resource = 'organizations/o1'
const agentResource = `${resource}/agents/a1`

describe('verify', () => {
  it('covers the bound resource and everything below, and nothing beside it', async () => {
    const world = await openWorld(acme)
    const { secret } = await shown(world.authority.keys.mint('agent', { resource: agentResource }))
    const ask = (name: string): Promise<string> => verdict(world, secret, { resource: name })
    expect(await ask(agentResource)).toBe('allowed')
    expect(await ask(`${agentResource}/runs/r1`)).toBe('allowed')
    expect(await ask('organizations/-/agents/a1')).toBe('allowed')
    expect(await ask('organizations/-/agents/-')).toBe('allowed')
    for (const outside of [
      resource,
      `${resource}/agents/a10`,
      `${resource}/agents/a`,
      `organizations/o2/agents/a1`,
      `${agentResource}/../a2`,
      'organizations/-',
      'agents/a1',
      '',
    ]) {
      expect(await ask(outside), outside).toBe('outside_resource')
    }
  })

  it('gives the scopes of the key and no others, wildcards resolved', async () => {
    const world = await openWorld(acme)
    const { secret } = await shown(
      world.authority.keys.mint('org', { resource, scopes: ['events:*'] }),
    )
    expect(await verdict(world, secret, { scope: 'events:read' })).toBe('allowed')
    expect(await verdict(world, secret, { scope: 'events:write' })).toBe('allowed')
    expect(await verdict(world, secret, { scope: 'agents:read' })).toBe('insufficient_scope')
    expect(await verdict(world, secret, { scope: 'events:*' })).toBe('insufficient_scope')
    expect(await verdict(world, secret, { scope: '*' })).toBe('insufficient_scope')
  })

  it('keeps modes apart: neither sees the keys, the events or the use of the other', async () => {
    const world = await openWorld(acme)
    const { mint } = world.authority.keys
    const live = await shown(mint('org', { resource, mode: 'live' }))
    const test = await shown(mint('org', { resource, mode: 'test' }))
    expect(await verdict(world, live.secret, { mode: 'live' })).toBe('allowed')
    expect(await verdict(world, test.secret, { mode: 'live' })).toBe('wrong_mode')
    expect(await verdict(world, live.secret, { mode: 'test' })).toBe('wrong_mode')
    await world.reopen()
    const day = new Date(world.clock.now()).toISOString().slice(0, 10)
    for (const [own, other] of [
      [live, test],
      [test, live],
    ] as const) {
      const desk = world.authority.as(await principalOf(world, own.secret))
      expect(await desk.keys.list()).toMatchObject({ keys: [{ id: own.id }] })
      expect(await desk.events.list()).toMatchObject({ events: [{ keyId: own.id }] })
      const usage = await desk.usage.read({ from: day, to: day })
      expect(usage).toMatchObject({ rows: [{ keyId: own.id }], next: null })
      expect(await desk.keys.show(other.id)).toMatchObject({ code: 'key_not_found' })
    }
  })

  it('ends a key by the clock at its expiry, without any cleaner (row 23)', async () => {
    const world = await openWorld(acme)
    const { mint } = world.authority.keys
    const { secret } = await shown(mint('org', { resource, expiresInSeconds: 60 }))
    world.clock.advance(59_999)
    expect(await verdict(world, secret)).toBe('allowed')
    world.clock.advance(1)
    expect(await verdict(world, secret)).toBe('key_expired')
    await world.reopen()
    expect(await verdict(world, secret)).toBe('key_expired')
  })

  it('says nothing about an unknown or malformed secret, whatever is wrong (row 11)', async () => {
    const world = await openWorld(acme)
    const { secret } = await shown(world.authority.keys.mint('org', { resource }))
    const other = await openWorld(acme, { seed: 8 })
    const unknown = await shown(other.authority.keys.mint('org', { resource }))
    const answers = new Set<string>()
    for (const credential of [
      unknown.secret,
      '',
      'x',
      `${secret} `,
      ` ${secret}`,
      secret.slice(0, -1),
      `${secret}\0`,
      `${secret}\r\n`,
      secret.toUpperCase(),
      secret.replace('ac_sk', 'ac_xx'),
      secret.replace('live', 'test'),
      'x'.repeat(10_000),
      "' or 1=1 --",
    ]) {
      answers.add(JSON.stringify(await world.authority.verify({ credential })))
    }
    expect(answers.size).toBe(1)
    expect([...answers][0]).toContain('invalid_key')
  })

  it('spends no look-up on a bad checksum, and one on a guess that is repeated (row 6)', async () => {
    const world = await openWorld(acme)
    const { secret } = await shown(world.authority.keys.mint('org', { resource }))
    const bad = `${secret.slice(0, -1)}${secret.endsWith('a') ? 'b' : 'a'}`
    for (let index = 0; index < 200; index += 1) {
      expect(await verdict(world, bad, { network: '203.0.113.9' })).toBe('invalid_key')
    }
    expect(await verdict(world, secret, { network: '203.0.113.9' })).toBe('allowed')
  })

  it('answers the key of another tenant like an unknown one where a door is bound', async () => {
    const world = await openWorld(acme)
    const { secret } = await shown(world.authority.keys.mint('org', { resource }))
    const foreign = await world.authority.verify({
      credential: secret,
      within: { resource: 'organizations/o2', scopes: ['keys:verify'] },
    })
    expect(foreign).toEqual(await world.authority.verify({ credential: 'nonsense' }))
  })

  it('does not repeat a secret that was asked for as a resource, a scope or a mode', async () => {
    const world = await openWorld(acme)
    const { secret } = await shown(world.authority.keys.mint('org', { resource }))
    for (const ask of [{ resource: secret }, { scope: secret }, { mode: secret }]) {
      const decision = await world.authority.verify({ credential: secret, ...(ask as object) })
      expect(decision.allowed).toBe(false)
      expect(JSON.stringify(decision)).not.toContain(secret.slice(-36))
    }
  })

  it.each([-1, 0.5, 1_000_001, Number.NaN])('calls a cost of %d a mistake', async (cost) => {
    const world = await openWorld(acme)
    await expect(world.authority.verify({ credential: 'x', cost })).rejects.toThrow(TypeError)
  })

  it('cannot decide any more when the authority is closed, not even from memory', async () => {
    const world = await openWorld(acme)
    const { secret } = await shown(world.authority.keys.mint('org', { resource }))
    expect(await verdict(world, secret)).toBe('allowed')
    await world.authority.close()
    expect(await verdict(world, secret)).toBe('unavailable')
    await expect(world.authority.check()).rejects.toMatchObject({ code: 'store_unavailable' })
    await expect(world.authority.keys.mint('org', { resource })).rejects.toMatchObject({
      code: 'store_unavailable',
    })
  })

  it('goes on after a wall clock that jumps, by the stored times alone', async () => {
    const world = await openWorld(acme)
    const { mint } = world.authority.keys
    const { secret } = await shown(mint('org', { resource, expiresInSeconds: 3600 }))
    expect(await verdict(world, secret)).toBe('allowed')
    world.clock.jump(2 * 3_600_000)
    expect(await verdict(world, secret)).toBe('key_expired')
    world.clock.jump(-2 * 3_600_000)
    expect(await verdict(world, secret)).toBe('allowed')
  })
})
