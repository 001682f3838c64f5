import { describe, expect, it } from 'vitest'
import { acme } from './world/definitions.ts'
import { codeOf, openWorld, principalOf, shown, verdict } from './world/open-world.ts'

const resource = 'organizations/o1'
const agentResource = `${resource}/agents/a1`

describe('an idempotency key (row 25)', () => {
  it('makes one key of the same request, and the repeat shows no secret and says so', async () => {
    const world = await openWorld(acme)
    const request = { resource, metadata: { a: '1', b: '2' }, idempotencyKey: 'once' }
    const first = await shown(world.authority.keys.mint('org', request))
    world.clock.advance(1000)
    const reordered = { idempotencyKey: 'once', metadata: { b: '2', a: '1' }, resource }
    const repeat = await world.authority.keys.mint('org', reordered)
    expect(repeat).toEqual({ ok: true, key: first.key, secret: null, isReplay: true })
    expect(world.rows('select id from keys')).toHaveLength(1)
    expect(world.rows('select seq from events')).toHaveLength(1)
  })

  it('refuses the same key with another body, kind or verb', async () => {
    const world = await openWorld(acme)
    const { mint, rotate } = world.authority.keys
    const { id } = await shown(mint('org', { resource, idempotencyKey: 'once' }))
    const others = [
      mint('org', { resource, name: 'x', idempotencyKey: 'once' }),
      mint('org', { resource: 'organizations/o2', idempotencyKey: 'once' }),
      mint('agent', { resource: agentResource, idempotencyKey: 'once' }),
      rotate(id, { idempotencyKey: 'once' }),
    ]
    const codes = await Promise.all(others.map(codeOf))
    expect(codes).toEqual(others.map(() => 'idempotency_conflict'))
    expect(world.rows('select seq from events')).toHaveLength(1)
  })

  it('makes one key of 50 requests at once, and one of them shows the secret', async () => {
    const world = await openWorld(acme)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        world.authority.keys.mint('org', { resource, idempotencyKey: 'once' }),
      ),
    )
    const ids = answers.map((answer) => (answer.ok ? answer.key.id : answer.code))
    expect(new Set(ids).size).toBe(1)
    expect(answers.filter((answer) => answer.ok && answer.secret !== null)).toHaveLength(1)
    expect(world.rows('select id from keys')).toHaveLength(1)
  })

  it('belongs to its caller: another caller with the same one gets a key of its own', async () => {
    const world = await openWorld(acme)
    const { mint } = world.authority.keys
    const [one, two] = [
      await shown(mint('org', { resource })),
      await shown(mint('org', { resource })),
    ]
    const request = { resource: agentResource, idempotencyKey: 'once' }
    const made = [
      await shown(
        world.authority.as(await principalOf(world, one.secret)).keys.mint('agent', request),
      ),
      await shown(
        world.authority.as(await principalOf(world, two.secret)).keys.mint('agent', request),
      ),
      await shown(world.authority.asOperator('ann').keys.mint('agent', request)),
    ]
    expect(new Set(made.map(({ id }) => id)).size).toBe(3)
  })

  it('rotates once, and the repeat tells the same end of the earlier secret', async () => {
    const world = await openWorld(acme)
    const { mint, rotate } = world.authority.keys
    const { id } = await shown(mint('org', { resource }))
    const request = { overlapSeconds: 600, idempotencyKey: 'turn' }
    const first = await rotate(id, request)
    if (!first.ok) throw new Error(first.code)
    const { secret } = await shown(Promise.resolve(first))
    world.clock.advance(5000)
    const repeat = await rotate(id, request)
    expect(repeat).toEqual({ ...first, secret: null, isReplay: true })
    expect(await verdict(world, secret)).toBe('allowed')
    const later = await shown(rotate(id))
    expect(await rotate(id, request)).toMatchObject({
      isReplay: true,
      secret: null,
      previousEndsAt: first.previousEndsAt,
    })
    expect(await verdict(world, later.secret)).toBe('allowed')
  })

  it('survives a restart, as when the process was killed between commit and reply (row 26)', async () => {
    const world = await openWorld(acme)
    const first = await shown(
      world.authority.keys.mint('org', { resource, idempotencyKey: 'once' }),
    )
    await world.reopen()
    const repeat = await world.authority.keys.mint('org', { resource, idempotencyKey: 'once' })
    expect(repeat).toMatchObject({ ok: true, key: { id: first.id }, secret: null, isReplay: true })
  })

  it('is forgotten after a day, whether or not the record is still there', async () => {
    const world = await openWorld(acme)
    const { mint, rotate } = world.authority.keys
    const wish = { resource, idempotencyKey: 'once' }
    const first = await shown(mint('org', wish))
    world.clock.advance(24 * 60 * 60 * 1000)
    expect(await mint('org', wish)).toMatchObject({ isReplay: true })
    world.clock.advance(1)
    const second = await shown(mint('org', wish))
    expect(second.id).not.toBe(first.id)
    const turn = () => rotate(first.id, { idempotencyKey: 'turn' })
    const turned = await shown(turn())
    world.clock.advance(24 * 60 * 60 * 1000 + 1)
    expect((await shown(turn())).secret).not.toBe(turned.secret)
  })

  it('does not remember a refusal', async () => {
    const world = await openWorld(acme)
    const { mint, revoke } = world.authority.keys
    const desk = { resource: agentResource }
    const { id } = await shown(mint('desk', desk))
    const request = { ...desk, idempotencyKey: 'once' }
    expect(await codeOf(mint('desk', request))).toBe('key_exists')
    await revoke(id)
    expect(await codeOf(mint('desk', request))).toBe('ok')
  })

  it('gives a repeat nothing once the caller is revoked', async () => {
    const world = await openWorld(acme)
    const org = await shown(world.authority.keys.mint('org', { resource }))
    const desk = world.authority.as(await principalOf(world, org.secret))
    const request = { resource: agentResource, idempotencyKey: 'once' }
    const child = await shown(desk.keys.mint('agent', request))
    await shown(desk.keys.rotate(child.id, { idempotencyKey: 'turn' }))
    await world.authority.keys.revoke(org.id)
    expect(await codeOf(desk.keys.mint('agent', request))).toBe('key_revoked')
    expect(await codeOf(desk.keys.rotate(child.id, { idempotencyKey: 'turn' }))).toBe('key_revoked')
  })
})
