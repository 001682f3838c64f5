// A key that is promised to another machine: who may promise one, what is made of it, and when it is not.

import { describe, expect, it } from 'vitest'
import { good, o1, openLab, p1 } from '../people/lab.ts'
import { openIssuer } from '../tokens/open-issuer.ts'
import { acme } from '../world/definitions.ts'
import { codeOf, openWorld, principalOf, shown, verdict } from '../world/open-world.ts'
import { codeIn, pickUp } from './sent.ts'

const resource = 'organizations/o1'
const agents = `${resource}/agents/a1`

/** Keys of a product without people, and the desk of one of them. */
async function openAcme() {
  const world = await openWorld(acme)
  const { authority } = world
  const org = await shown(authority.keys.mint('org', { resource, name: 'org' }))
  const desk = async (secret = org.secret) => authority.as(await principalOf({ authority }, secret))
  const types = async () => {
    const { events } = await good(authority.events.list({ limit: 100 }))
    return events.map(({ type }) => type)
  }
  return { world, authority, org, desk, types }
}

describe('a key that is sent', () => {
  it('is made when its code is redeemed: a child of the sender, as minting it would be', async () => {
    const { world, authority, org, desk, types } = await openAcme()
    const promised = { resource: agents, name: 'gpubox', metadata: { at: 'rack 7' } }
    const { pickups } = await desk()
    const code = await codeIn(pickups.create('agent', { ...promised, expiresInSeconds: 3600 }))
    expect(code).toMatch(/^(?:[B-Z]{4}-){3}[B-Z]{4}$/)
    expect(world.rows('select id from keys')).toHaveLength(1)
    world.clock.advance(60_000)
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ')}`
    const { key, secret } = await good(pickUp(authority, typed, 'root@gpubox'))
    expect(key).toMatchObject({
      kind: 'agent',
      ...promised,
      mode: 'live',
      parentId: org.id,
      createdBy: org.id,
      expiresAt: world.clock.now() + 3_600_000,
    })
    expect(await verdict({ authority }, secret, { scope: 'events:write' })).toBe('allowed')
    const steps = ['key.minted', 'pickup.created', 'key.minted', 'pickup.redeemed']
    expect(await types()).toEqual(steps)
    const { events } = await good(authority.events.list({ keyId: key.id }))
    expect(events.at(-1)).toMatchObject({
      type: 'pickup.redeemed',
      actor: org.id,
      resource: agents,
      mode: 'live',
      data: { device_name: 'root@gpubox', network: '192.0.2.7' },
    })
    await good((await desk()).keys.revoke(org.id))
    expect(await verdict({ authority }, secret)).toBe('key_revoked')
  })

  it('is called after the machine that picks it up when its sender gave no name', async () => {
    const { authority, desk } = await openAcme()
    const { pickups } = await desk()
    const code = await codeIn(pickups.create('agent', { resource: agents }))
    const { key } = await good(pickUp(authority, code, 'root@gpu\u202Ebox\n'))
    expect(key.name).toBe('root@gpubox')
    const nameless = await codeIn(pickups.create('agent', { resource: agents }))
    expect((await good(pickUp(authority, nameless))).key.name).toBeNull()
  })

  it('may be sent by whoever may mint it: a key, a person, the product itself', async () => {
    const { authority, join, keyOf } = await openLab()
    const ada = await join('ada', { [o1]: 'owner' })
    const space = `users/${ada.id}`
    const terminal = authority.as(await principalOf({ authority }, (await keyOf(ada)).secret))
    const person = authority.asPerson(ada.id)
    const byPerson = await codeIn(person.pickups.create('personal', { resource: space }))
    expect((await good(pickUp(authority, byPerson))).key).toMatchObject({
      holder: space,
      parentId: null,
      createdBy: space,
    })
    const byKey = await codeIn(terminal.pickups.create('worker', { resource: p1 }))
    expect((await good(pickUp(authority, byKey))).key).toMatchObject({ kind: 'worker' })
    const byProduct = await codeIn(authority.pickups.create('org', { resource: o1 }))
    expect((await good(pickUp(authority, byProduct))).key).toMatchObject({
      createdBy: 'operator:product',
    })
  })

  it('is refused at once as minting it would be', async () => {
    const { world, desk, authority } = await openAcme()
    const agent = await shown((await desk()).keys.mint('agent', { resource: agents }))
    const reader = await shown((await desk()).keys.mint('reader', { resource }))
    const [org, child, other] = [await desk(), await desk(agent.secret), await desk(reader.secret)]
    await shown(org.keys.mint('desk', { resource: agents }))
    const before = world.rows('select count(*) as n from events')
    for (const [answer, code] of [
      [org.pickups.create('nothing' as 'org', { resource }), 'unknown_kind'],
      [org.pickups.create('agent', { resource: 'organizations/o2/agents/a1' }), 'exceeds_parent'],
      [org.pickups.create('agent', { resource }), 'invalid_resource'],
      [org.pickups.create('agent', { resource: agents, mode: 'test' }), 'exceeds_parent'],
      [org.pickups.create('agent', { resource: agents, name: '' }), 'invalid_name'],
      [org.pickups.create('reader', { resource, scopes: ['agents:write'] }), 'scope_not_in_kind'],
      [org.pickups.create('desk', { resource: agents }), 'key_exists'],
      [child.pickups.create('org', { resource }), 'kind_not_mintable'],
      [other.pickups.create('run', { resource: `${agents}/runs/r1` }), 'insufficient_scope'],
      [
        authority.pickups.create('org', { resource, pickupExpiresInSeconds: 3601 }),
        'invalid_lifetime',
      ],
      [
        authority.pickups.create('org', { resource, pickupExpiresInSeconds: 0.5 }),
        'invalid_lifetime',
      ],
    ] as const) {
      expect(await codeOf(answer)).toBe(code)
    }
    expect(world.rows('select id from pickups')).toEqual([])
    expect(world.rows('select count(*) as n from events')).toEqual(before)
  })
})

describe('a code', () => {
  it('works for ten minutes, or as long as was asked for, and never longer than its sender', async () => {
    const { world, authority, desk } = await openAcme()
    const { clock } = world
    const { pickups, keys } = await desk()
    const wanted = { resource: agents }
    const [late, punctual] = [
      await codeIn(pickups.create('agent', wanted)),
      await codeIn(pickups.create('agent', wanted)),
    ]
    const hour = await codeIn(pickups.create('agent', { ...wanted, pickupExpiresInSeconds: 3600 }))
    const short = await shown(keys.mint('agent', { ...wanted, expiresInSeconds: 60 }))
    const run = { resource: `${agents}/runs/r1` }
    const sent = await good((await desk(short.secret)).pickups.create('run', run))
    expect(sent.pickup.expiresAt).toBe(short.key.expiresAt)
    clock.advance(599_999)
    expect(await codeOf(pickUp(authority, punctual))).toBe('ok')
    clock.advance(1)
    expect(await codeOf(pickUp(authority, late))).toBe('pickup_not_found')
    clock.advance(2_999_999)
    expect(await codeOf(pickUp(authority, hour))).toBe('ok')
  })

  it('that is malformed, unknown, over, used or taken back is answered in one way', async () => {
    const { world, authority, desk } = await openAcme()
    const { pickups } = await desk()
    const wanted = { resource: agents }
    const [used, over] = [
      await codeIn(pickups.create('agent', wanted)),
      await codeIn(pickups.create('agent', { ...wanted, pickupExpiresInSeconds: 60 })),
    ]
    const back = await good(pickups.create('agent', wanted))
    await good(pickups.revoke(back.pickup.id))
    await good(pickUp(authority, used))
    world.clock.advance(60_000)
    const answers = []
    for (const code of ['', 'no code', 'BCDF-GHJK-LMNP-QRST', over, used, back.code ?? '']) {
      answers.push(await pickUp(authority, code))
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ ok: false, code: 'pickup_not_found' })
  })

  it('that comes a second time ends the key that it made, once, also a day later', async () => {
    const { world, authority, org, desk, types } = await openAcme()
    const { pickups } = await desk()
    const code = await codeIn(pickups.create('agent', { resource: agents }))
    const { key, secret } = await good(pickUp(authority, code))
    world.clock.advance(86_400_000)
    expect(await verdict({ authority }, secret)).toBe('allowed')
    for (let again = 0; again < 3; again += 1) {
      expect(await codeOf(pickUp(authority, code))).toBe('pickup_not_found')
    }
    expect(await verdict({ authority }, secret)).toBe('key_revoked')
    expect((await types()).slice(-2)).toEqual(['pickup.replayed', 'key.revoked'])
    expect((await good(authority.keys.show(key.id))).key.revokedBy).toBe(org.id)
  })

  it('is stored as a digest only, and so is nothing of the key before it is made', async () => {
    const { world, desk } = await openAcme()
    const code = await codeIn((await desk()).pickups.create('agent', { resource: agents }))
    const [row] = world.rows('select * from pickups')
    const text = JSON.stringify(row)
    for (const form of [code, code.replaceAll('-', '')]) expect(text).not.toContain(form)
    expect(row).toMatchObject({ key_id: null, redeemed_at: null })
    expect(world.rows('select id from keys')).toHaveLength(1)
  })

  it('survives a restart', async () => {
    const { world, desk } = await openAcme()
    const code = await codeIn((await desk()).pickups.create('agent', { resource: agents }))
    await world.reopen()
    expect(await codeOf(pickUp(world.authority, code))).toBe('ok')
  })
})

describe('what its sender may not any more when the code comes', () => {
  it('is not made: revoked, expired, narrowed, rotated', async () => {
    const { world, authority, desk, types } = await openAcme()
    const { keys } = await desk()
    const run = { resource: `${agents}/runs/r1` }
    const send = async (life = 7200) => {
      const wanted = { resource: agents, expiresInSeconds: life }
      const { id, secret } = await shown(keys.mint('agent', wanted))
      const { pickups } = await desk(secret)
      const wish = { ...run, pickupExpiresInSeconds: 3600 }
      return { id, code: await codeIn(pickups.create('run', wish)) }
    }
    const told = async (code: string) => {
      const outcome = await pickUp(authority, code)
      return outcome.ok ? 'ok' : `${outcome.code}: ${outcome.detail}`
    }
    const revoked = await send()
    await good(keys.revoke(revoked.id))
    expect(await told(revoked.code)).toMatch(/^pickup_ended: .*revoked.*Ask for a new code\.$/)
    const narrowed = await send()
    await good(keys.narrow(narrowed.id, { scopes: ['keys:write', 'agents:read'] }))
    expect(await told(narrowed.code)).toMatch(/^pickup_ended: /)
    // What leaked may have been used to send: a rotation ends that too.
    const rotated = await send()
    const again = await shown(keys.rotate(rotated.id, { overlapSeconds: 600 }))
    expect(await told(rotated.code)).toMatch(/^pickup_ended: /)
    expect(await verdict({ authority }, again.secret)).toBe('allowed')
    const shortened = await send()
    await good(keys.narrow(shortened.id, { expiresInSeconds: 60 }))
    world.clock.advance(60_000)
    expect(await told(shortened.code)).toMatch(/^pickup_ended: /)
    expect((await types()).filter((type) => type === 'pickup.refused')).toHaveLength(4)
    expect(world.rows("select id from keys where kind = 'run'")).toEqual([])
    // A try is a try: the code is spent, and tells nothing more.
    expect(await told(revoked.code)).toMatch(/^pickup_not_found: /)
  })

  it('is not made: a role that is gone, a person or place that is disabled or has ended', async () => {
    const { authority, join } = await openLab()
    const ada = await join('ada', { [o1]: 'owner' })
    const bob = await join('bob', { [o1]: 'maintainer' })
    const { pickups } = authority.asPerson(bob.id)
    const send = (resource = p1) => codeIn(pickups.create('worker', { resource }))
    const refused = async (code: string) => codeOf(pickUp(authority, code))
    const [first, second, third] = [await send(), await send(), await send()]
    const member = { personId: bob.id, resource: o1 }
    await good(authority.asPerson(ada.id).members.change({ ...member, role: 'viewer' }))
    expect(await refused(first)).toBe('pickup_ended')
    await good(authority.asPerson(ada.id).members.change({ ...member, role: 'maintainer' }))
    await good(authority.resources.disable(`users/${bob.id}`))
    expect(await refused(second)).toBe('pickup_ended')
    await good(authority.resources.enable(`users/${bob.id}`))
    await good(authority.resources.end(p1))
    expect(await refused(third)).toBe('pickup_ended')
  })

  it('is cut to what the sender has by then', async () => {
    const { authority, desk } = await openAcme()
    const { keys } = await desk()
    const { id, secret } = await shown(keys.mint('agent', { resource: agents }))
    const run = { resource: `${agents}/runs/r1` }
    const code = await codeIn((await desk(secret)).pickups.create('run', run))
    await good(keys.narrow(id, { scopes: ['keys:write', 'events:read'] }))
    expect((await good(pickUp(authority, code))).key.scopes).toEqual(['events:read'])
  })

  it('is not made by a second code for the one key that there can be', async () => {
    const { authority, desk } = await openAcme()
    const { pickups } = await desk()
    const [one, other] = [
      await codeIn(pickups.create('desk', { resource: agents })),
      await codeIn(pickups.create('desk', { resource: agents })),
    ]
    expect(await codeOf(pickUp(authority, one))).toBe('ok')
    expect(await codeOf(pickUp(authority, other))).toBe('pickup_ended')
  })

  it('is not made of what was shown for the sending and has ended since', async () => {
    const { authority, join, world } = await openLab()
    const ada = await join('ada', { [o1]: 'owner' })
    const now = world.clock.now()
    const seen = await authority.verifySession({
      personId: ada.id,
      sessionId: 'ses_1',
      authenticatedAt: now,
      expiresAt: now + 60_000,
    })
    if (!seen.allowed) throw new Error(seen.code)
    const { pickups } = authority.as(seen.principal)
    const { pickup, code } = await good(pickups.create('worker', { resource: p1 }))
    expect(pickup.expiresAt).toBe(now + 60_000)
    const { sender } = pickup
    expect(Object.keys(sender)).toEqual(['type', 'personId', 'shown'])
    expect(JSON.stringify(sender)).not.toContain('scopes')
    world.clock.advance(60_000)
    expect(await codeOf(pickUp(authority, code ?? ''))).toBe('pickup_not_found')
  })

  it('is made for a person by their token while that counts, and not when it was revoked', async () => {
    const { world, authority, issuer, join, token } = await openIssuer()
    const ada = await join('ada', { [o1]: 'member' })
    const { pickups } = authority.as(await principalOf(world, await token('ada')))
    const wanted = { resource: `users/${ada.id}`, name: 'gpubox' }
    const [first, second] = [
      await codeIn(pickups.create('personal', wanted)),
      await codeIn(pickups.create('personal', wanted)),
    ]
    const { key } = await good(pickUp(authority, first))
    expect(key).toMatchObject({ createdBy: `users/${ada.id}`, parentId: null, expiresAt: null })
    world.clock.advance(1000)
    await good(authority.issuers.notBefore({ issuer, subject: 'ada' }))
    expect(await codeOf(pickUp(authority, second))).toBe('pickup_ended')
  })
})

describe('its sender', () => {
  it('sees what waits, newest first, and takes it back; nobody else does', async () => {
    const { world, authority, org, desk } = await openAcme()
    const other = await shown(authority.keys.mint('org', { resource }))
    const [own, theirs] = [(await desk()).pickups, (await desk(other.secret)).pickups]
    const made = []
    for (const name of ['one', 'two', 'three']) {
      world.clock.advance(1)
      made.unshift((await good(own.create('agent', { resource: agents, name }))).pickup)
    }
    const [three, two] = made
    expect((await good(own.list())).pickups).toEqual(made)
    const page = await good(own.list({ limit: 2 }))
    expect(page.next).toBe(two?.id)
    const rest = await good(own.list({ after: page.next ?? '' }))
    expect([rest.pickups.map(({ request }) => request.name), rest.next]).toEqual([['one'], null])
    expect((await good(theirs.list())).pickups).toEqual([])
    expect((await good(authority.pickups.list())).pickups).toHaveLength(3)
    expect(await codeOf(theirs.revoke(three?.id ?? ''))).toBe('pickup_not_found')
    const { pickup } = await good(own.revoke(three?.id ?? ''))
    expect(pickup.revokedAt).toBe(world.clock.now())
    expect((await good(own.revoke(pickup.id))).pickup).toEqual(pickup)
    expect((await good(own.list())).pickups).toHaveLength(2)
    const { events } = await good(authority.events.list({ type: 'pickup.revoked' }))
    expect(events).toMatchObject([{ actor: org.id, data: { pickup: pickup.id } }])
  })

  it('cannot take back what is a key by now', async () => {
    const { authority, desk } = await openAcme()
    const { pickups } = await desk()
    const { pickup, code } = await good(pickups.create('agent', { resource: agents }))
    const { key } = await good(pickUp(authority, code ?? ''))
    const outcome = await pickups.revoke(pickup.id)
    expect(outcome).toMatchObject({ ok: false, code: 'pickup_ended' })
    expect(outcome.ok ? '' : outcome.detail).toContain(key.id)
  })

  it('who repeats a request with its Idempotency-Key gets the same pick-up, without its code', async () => {
    const { world, authority, desk } = await openAcme()
    const { pickups, keys } = await desk()
    const wanted = { resource: agents, idempotencyKey: 'once' }
    const first = await good(pickups.create('agent', wanted))
    expect(await pickups.create('agent', wanted)).toEqual({ ...first, code: null })
    for (const other of [
      pickups.create('agent', { ...wanted, name: 'x' }),
      pickups.create('agent', { ...wanted, pickupExpiresInSeconds: 60 }),
      keys.mint('agent', wanted),
    ]) {
      expect(await codeOf(other)).toBe('idempotency_conflict')
    }
    expect(world.rows('select id from pickups')).toHaveLength(1)
    expect(await codeOf(pickUp(authority, first.code ?? ''))).toBe('ok')
  })
})

it('what ended a day ago is forgotten when the next is sent', async () => {
  const { world, desk } = await openAcme()
  const { pickups } = await desk()
  await codeIn(pickups.create('agent', { resource: agents }))
  world.clock.advance(600_000 + 86_400_000)
  await codeIn(pickups.create('agent', { resource: agents }))
  expect(world.rows('select id from pickups')).toHaveLength(2)
  world.clock.advance(1)
  await codeIn(pickups.create('agent', { resource: agents }))
  expect(world.rows('select id from pickups')).toHaveLength(2)
})
