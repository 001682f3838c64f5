import { describe, expect, it } from 'vitest'
import { acme } from './world/definitions.ts'
import { codeOf, openWorld, principalOf, shown, verdict } from './world/open-world.ts'

const resource = 'organizations/o1'
const agent = 'organizations/o1/agents/a1'

describe('mint', () => {
  it('shows a secret of the kind and mode once, which verifies as what was asked for', async () => {
    const world = await openWorld(acme)
    const minted = await shown(world.authority.keys.mint('org', { resource, mode: 'test' }))
    expect(minted.secret).toMatch(/^ac_sk_test_[0-9A-Za-z]{36}$/)
    expect(minted.key.start).toBe(minted.secret.slice(0, minted.key.start.length))
    const principal = await principalOf(world, minted.secret)
    expect(principal).toMatchObject({ keyId: minted.id, kind: 'org', mode: 'test', resource })
    expect([...principal.scopes]).toEqual(acme.scopes)
  })

  it('gives the first mode and the scopes of the kind when nothing is asked for', async () => {
    const world = await openWorld(acme)
    const { key } = await shown(world.authority.keys.mint('agent', { resource: agent }))
    expect(key).toMatchObject({
      mode: 'live',
      scopes: ['events:*', 'agents:read', 'keys:read', 'keys:write'],
      expiresAt: null,
      parentId: null,
      createdBy: 'operator:product',
    })
  })

  it('gives the default lifetime of the kind and refuses one above its maximum', async () => {
    const world = await openWorld(acme)
    const { mint } = world.authority.keys
    const run = `${agent}/runs/r1`
    const { key } = await shown(mint('run', { resource: run }))
    expect(key.expiresAt).toBe(world.clock.now() + 3_600_000)
    const answers = [86_401, 0, -1, 1.5, Number.NaN].map((expiresInSeconds) =>
      codeOf(mint('run', { resource: run, expiresInSeconds })),
    )
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['invalid_lifetime']))
  })

  it.each([
    ['nonsense', { resource }, 'unknown_kind'],
    ['agent', { resource }, 'invalid_resource'],
    ['org', { resource: 'organizations/-' }, 'invalid_resource'],
    ['org', { resource: 'organizations/../o1' }, 'invalid_resource'],
    ['org', { resource: 'organizations/o1/' }, 'invalid_resource'],
    ['org', { resource, mode: 'staging' }, 'invalid_mode'],
    ['org', { resource, scopes: ['agents:delete'] }, 'unknown_scope'],
    ['org', { resource, scopes: [] }, 'unknown_scope'],
    ['agent', { resource: agent, scopes: ['agents:write'] }, 'scope_not_in_kind'],
    ['agent', { resource: agent, scopes: ['*'] }, 'scope_not_in_kind'],
    ['org', { resource, name: 'a\nb' }, 'invalid_name'],
    ['org', { resource, metadata: { a: 'x'.repeat(513) } }, 'invalid_metadata'],
  ])(
    'refuses to mint %s with %j as %s, and makes nothing',
    async (kind, request: { resource: string }, code) => {
      const world = await openWorld(acme)
      const answer = world.authority.keys.mint(kind as 'org', request)
      expect(await codeOf(answer)).toBe(code)
      expect(world.rows('select * from keys')).toEqual([])
      expect(world.rows('select * from events')).toEqual([])
    },
  )

  it('does not repeat a secret that was put into the wrong field', async () => {
    const world = await openWorld(acme)
    const { secret } = await shown(world.authority.keys.mint('org', { resource }))
    const wrong = [
      world.authority.keys.mint('org', { resource: secret }),
      world.authority.keys.mint('org', { resource, mode: secret }),
      world.authority.keys.mint('org', { resource, scopes: [secret as 'agents:read'] }),
      world.authority.keys.mint(secret as 'org', { resource }),
    ]
    const answers = JSON.stringify(await Promise.all(wrong))
    expect(answers).not.toContain(secret.slice(-36))
  })

  it('makes a child of the key that mints it, in the mode of that key', async () => {
    const world = await openWorld(acme)
    const org = await shown(world.authority.keys.mint('org', { resource, mode: 'test' }))
    const desk = world.authority.as(await principalOf(world, org.secret))
    const child = await shown(desk.keys.mint('agent', { resource: agent }))
    expect(child.key).toMatchObject({ parentId: org.id, createdBy: org.id, mode: 'test' })
    expect(child.secret.startsWith('ac_ak_test_')).toBe(true)
  })

  it('refuses a kind that the minting kind does not mint, and a resource elsewhere', async () => {
    const world = await openWorld(acme)
    const parent = await shown(world.authority.keys.mint('agent', { resource: agent }))
    const desk = world.authority.as(await principalOf(world, parent.secret))
    expect(await codeOf(desk.keys.mint('agent', { resource: agent }))).toBe('kind_not_mintable')
    expect(await codeOf(desk.keys.mint('org', { resource }))).toBe('kind_not_mintable')
    const elsewhere = 'organizations/o1/agents/a10/runs/r1'
    expect(await codeOf(desk.keys.mint('run', { resource: elsewhere }))).toBe('exceeds_parent')
  })

  it('refuses a key without keys:write, by the name of the scope it lacks (row 24)', async () => {
    const world = await openWorld(acme)
    const reader = await shown(world.authority.keys.mint('reader', { resource }))
    const desk = world.authority.as(await principalOf(world, reader.secret))
    const outcome = await desk.keys.mint('agent', { resource: agent })
    expect(outcome).toMatchObject({ code: 'insufficient_scope', scope: 'keys:write' })
    expect(await codeOf(desk.keys.narrow(reader.id, { name: 'x' }))).toBe('insufficient_scope')
    expect(await codeOf(desk.keys.rotate(reader.id))).toBe('insufficient_scope')
    expect(await codeOf(desk.resources.disable(agent))).toBe('insufficient_scope')
    expect(await codeOf(desk.events.list())).toBe('insufficient_scope')
  })

  it('writes a key, its secret and its event together, 100 at once', async () => {
    const world = await openWorld(acme)
    const all = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        shown(world.authority.keys.mint('org', { resource: `organizations/o${index}` })),
      ),
    )
    expect(new Set(all.map((each) => each.id)).size).toBe(100)
    expect(world.rows('select count(*) as n from secrets')[0]).toEqual({ n: 100 })
    const events = world.rows('select seq, key_id from events order by seq')
    expect(events.map((event) => event['seq'])).toEqual(all.map((_, index) => index + 1))
    expect(new Set(events.map((event) => event['key_id']))).toEqual(
      new Set(all.map((each) => each.id)),
    )
    for (const { secret } of all) expect(await verdict(world, secret)).toBe('allowed')
  })

  it('keeps neither a secret nor its plain digest in the file', async () => {
    const world = await openWorld(acme)
    const { secret } = await shown(world.authority.keys.mint('org', { resource }))
    const [row] = world.rows('select digest from secrets')
    const { createHash } = await import('node:crypto')
    expect(row?.['digest']).not.toBe(createHash('sha256').update(secret).digest('base64url'))
    expect(JSON.stringify(world.rows('select * from keys'))).not.toContain(secret.slice(-30))
  })
})
