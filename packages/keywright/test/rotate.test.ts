import { describe, expect, it } from 'vitest'
import { acme } from './world/definitions.ts'
import { codeOf, openWorld, principalOf, shown, verdict } from './world/open-world.ts'

const resource = 'organizations/o1'

describe('rotate', () => {
  it('replaces the secret and keeps the key', async () => {
    const world = await openWorld(acme)
    const minted = await shown(world.authority.keys.mint('org', { resource, name: 'ci' }))
    world.clock.advance(1000)
    const rotated = await shown(world.authority.keys.rotate(minted.id))
    expect(rotated.secret).not.toBe(minted.secret)
    expect(rotated.key).toEqual({
      ...minted.key,
      start: rotated.secret.slice(0, minted.key.start.length),
      rotatedAt: world.clock.now(),
    })
    const seen = { ...rotated.key, standing: 'live', becauseOf: null }
    expect(await world.authority.keys.show(minted.id)).toEqual({ ok: true, key: seen })
    expect(await verdict(world, rotated.secret)).toBe('allowed')
  })

  it('ends the old secret at once when no overlap is asked for, cached or not', async () => {
    const world = await openWorld(acme)
    const { id, secret } = await shown(world.authority.keys.mint('org', { resource }))
    expect(await verdict(world, secret)).toBe('allowed')
    await shown(world.authority.keys.rotate(id))
    expect(await verdict(world, secret)).toBe('key_rotated')
    await world.reopen()
    expect(await verdict(world, secret)).toBe('key_rotated')
  })

  it('ends it for good: a clock that is set back gives it no time again (row 91)', async () => {
    const world = await openWorld(acme)
    const { id, secret } = await shown(world.authority.keys.mint('org', { resource }))
    const rotated = await shown(world.authority.keys.rotate(id))
    world.clock.jump(-3_600_000)
    expect(await verdict(world, secret)).toBe('key_rotated')
    expect(await verdict(world, rotated.secret)).toBe('allowed')
    const decision = await world.authority.verify({ credential: secret })
    expect(decision).toMatchObject({
      detail: "This secret was replaced by a rotation and has ended. Use the key's new secret.",
    })
  })

  it('lets the old secret live to the end of the overlap and no longer', async () => {
    const world = await openWorld(acme)
    const { id, secret } = await shown(world.authority.keys.mint('org', { resource }))
    const rotated = await shown(world.authority.keys.rotate(id, { overlapSeconds: 60 }))
    world.clock.advance(59_999)
    expect(await verdict(world, secret)).toBe('allowed')
    expect(await verdict(world, rotated.secret)).toBe('allowed')
    world.clock.advance(1)
    expect(await verdict(world, secret)).toBe('key_rotated')
    expect(await verdict(world, rotated.secret)).toBe('allowed')
  })

  it('never lets the old secret live past the end of the key', async () => {
    const world = await openWorld(acme)
    const { mint, rotate } = world.authority.keys
    const { id, key, secret } = await shown(mint('org', { resource, expiresInSeconds: 30 }))
    const answer = rotate(id, { overlapSeconds: 60 })
    expect(await answer).toMatchObject({ previousEndsAt: key.expiresAt })
    const rotated = await shown(answer)
    world.clock.advance(30_000)
    expect(await verdict(world, secret)).toBe('key_expired')
    expect(await verdict(world, rotated.secret)).toBe('key_expired')
  })

  it('never gives an older secret more time than an earlier rotation left it', async () => {
    const world = await openWorld(acme)
    const { mint, rotate } = world.authority.keys
    const first = await shown(mint('org', { resource }))
    const second = await shown(rotate(first.id, { overlapSeconds: 10 }))
    const third = await shown(rotate(first.id, { overlapSeconds: 60 }))
    world.clock.advance(10_000)
    expect(await verdict(world, first.secret)).toBe('key_rotated')
    expect(await verdict(world, second.secret)).toBe('allowed')
    const fourth = await shown(rotate(first.id))
    expect(await verdict(world, second.secret)).toBe('key_rotated')
    expect(await verdict(world, third.secret)).toBe('key_rotated')
    expect(await verdict(world, fourth.secret)).toBe('allowed')
  })

  it.each([-1, 0.5, 30 * 86_400 + 1, Number.NaN])('refuses an overlap of %d seconds', async (n) => {
    const world = await openWorld(acme)
    const { id, secret } = await shown(world.authority.keys.mint('org', { resource }))
    const answer = world.authority.keys.rotate(id, { overlapSeconds: n })
    expect(await codeOf(answer)).toBe('invalid_lifetime')
    expect(await verdict(world, secret)).toBe('allowed')
  })

  it('refuses revoked and expired keys', async () => {
    const world = await openWorld(acme)
    const { mint, rotate, revoke } = world.authority.keys
    const revoked = await shown(mint('org', { resource }))
    const expired = await shown(mint('org', { resource, expiresInSeconds: 1 }))
    await revoke(revoked.id)
    world.clock.advance(1000)
    expect(await codeOf(rotate(revoked.id))).toBe('key_ended')
    expect(await codeOf(rotate(expired.id))).toBe('key_ended')
  })

  it('refuses a key that would learn a secret wider than itself', async () => {
    const world = await openWorld(acme)
    const { mint } = world.authority.keys
    const wide = await shown(mint('agent', { resource: `${resource}/agents/a1` }))
    const narrow = await shown(mint('org', { resource, scopes: ['agents:read', 'keys:*'] }))
    const desk = world.authority.as(await principalOf(world, narrow.secret))
    expect(await codeOf(desk.keys.rotate(wide.id))).toBe('exceeds_parent')
    expect(await verdict(world, wide.secret)).toBe('allowed')
  })

  it('refuses a key that would learn a secret that outlives itself', async () => {
    const world = await openWorld(acme)
    const { mint } = world.authority.keys
    const lasting = await shown(mint('agent', { resource: `${resource}/agents/a1` }))
    const brief = await shown(mint('org', { resource, expiresInSeconds: 60 }))
    const desk = world.authority.as(await principalOf(world, brief.secret))
    expect(await codeOf(desk.keys.rotate(lasting.id))).toBe('exceeds_parent')
    expect(await verdict(world, lasting.secret)).toBe('allowed')
    const child = await shown(desk.keys.mint('agent', { resource: `${resource}/agents/a1` }))
    expect(await codeOf(desk.keys.rotate(child.id))).toBe('ok')
    expect(await codeOf(desk.keys.rotate(brief.id))).toBe('ok')
  })

  it('gives the holder of a secret that is ending nothing that outlives it', async () => {
    const world = await openWorld(acme)
    const { mint, rotate } = world.authority.keys
    const first = await shown(mint('org', { resource }))
    const desk = world.authority.as(await principalOf(world, first.secret))
    const second = await shown(rotate(first.id, { overlapSeconds: 60 }))
    const ending = world.authority.as(await principalOf(world, first.secret))
    expect(await codeOf(ending.keys.rotate(first.id))).toBe('exceeds_parent')
    expect(await verdict(world, second.secret)).toBe('allowed')
    const agent = { resource: `${resource}/agents/a1` }
    const wish = ending.keys.mint('agent', { ...agent, expiresInSeconds: 61 })
    expect(await codeOf(wish)).toBe('exceeds_parent')
    const child = await shown(ending.keys.mint('agent', agent))
    world.clock.advance(60_000)
    expect(await verdict(world, child.secret)).toBe('key_expired')
    expect(await codeOf(ending.keys.mint('agent', agent))).toBe('key_rotated')
    expect(await codeOf(desk.keys.mint('agent', agent))).toBe('key_rotated')
    const renewed = world.authority.as(await principalOf(world, second.secret))
    expect(await codeOf(renewed.keys.mint('agent', agent))).toBe('ok')
  })

  it('ends what was verified before it: a request that was held back changes nothing any more', async () => {
    const world = await openWorld(acme)
    const { id, secret } = await shown(world.authority.keys.mint('org', { resource }))
    const heldBack = world.authority.as(await principalOf(world, secret))
    const owner = await shown(world.authority.keys.rotate(id))
    expect(await codeOf(heldBack.keys.rotate(id))).toBe('key_rotated')
    const agent = { resource: `${resource}/agents/a1` }
    expect(await codeOf(heldBack.keys.mint('agent', agent))).toBe('key_rotated')
    expect(await verdict(world, owner.secret)).toBe('allowed')
    const desk = world.authority.as(await principalOf(world, owner.secret))
    expect(await codeOf(desk.keys.mint('agent', agent))).toBe('ok')
  })

  it('keeps exactly one current secret when many rotate at once', async () => {
    const world = await openWorld(acme)
    const { id, secret } = await shown(world.authority.keys.mint('org', { resource }))
    const answers = Array.from({ length: 20 }, () => shown(world.authority.keys.rotate(id)))
    const secrets = [secret, ...(await Promise.all(answers)).map((each) => each.secret)]
    const verdicts = await Promise.all(secrets.map((each) => verdict(world, each)))
    expect(verdicts.filter((each) => each === 'allowed')).toHaveLength(1)
    expect(verdicts.at(-1)).toBe('allowed')
    expect(world.rows('select count(*) as n from events')).toEqual([{ n: 21 }])
  })
})
