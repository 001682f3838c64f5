// Keys that live as long as what they are bound to: a run, say, that its product ends.

import { defineAuthority, hours } from 'keywright'
import { describe, expect, it } from 'vitest'
import { good } from './people/lab.ts'
import { codeOf, openWorld, principalOf, shown, verdict } from './world/open-world.ts'

const runs = defineAuthority({
  product: { name: 'Runs', slug: 'runs' },
  resources: { organizations: { runs: { steps: {} } } },
  scopes: ['data:read', 'data:write'],
  roles: { owner: ['*'] },
  keys: {
    personal: { prefix: 'ru_pk', bound: 'users', scopes: ['*'] },
    org: { prefix: 'ru_sk', bound: 'organizations', scopes: ['*'] },
    worker: {
      prefix: 'ru_wk',
      bound: 'organizations/runs',
      scopes: ['data:*', 'keys:write'],
      mintedBy: ['personal', 'org'],
      lifetime: 'untilEnded',
    },
    step: {
      prefix: 'ru_st',
      bound: 'organizations/runs/steps',
      scopes: ['data:*'],
      mintedBy: ['worker', 'personal', 'org'],
    },
    laptop: { prefix: 'ru_lp', bound: 'users', scopes: ['*'], lifetime: 'untilEnded' },
  },
})

const organization = 'organizations/o1'
const run = `${organization}/runs/r3`
const step = `${run}/steps/s1`

describe('a key that lives until its resource ends', () => {
  it('has no end of its own, stands however long it takes, and ends with the resource at once', async () => {
    const world = await openWorld(runs)
    const { keys, resources } = world.authority
    const workers = [await shown(keys.mint('worker', { resource: run }))]
    workers.push(await shown(keys.mint('worker', { resource: run })))
    const other = await shown(keys.mint('worker', { resource: `${organization}/runs/r4` }))
    expect(workers[0]?.key.expiresAt).toBeNull()
    world.clock.advance(20 * 365 * 86_400_000)
    const verdicts = () => Promise.all(workers.map(({ secret }) => verdict(world, secret)))
    expect(await verdicts()).toEqual(['allowed', 'allowed'])
    await good(resources.end(run))
    expect(await verdicts()).toEqual(['resource_ended', 'resource_ended'])
    expect(await verdict(world, other.secret)).toBe('allowed')
    expect(await codeOf(keys.mint('worker', { resource: run }))).toBe('already_ended')
  })

  it('is given no other end, neither when it is made nor later', async () => {
    const { authority } = await openWorld(runs)
    const { keys } = authority
    const timed = keys.mint('worker', { resource: run, expiresInSeconds: 60 })
    expect(await codeOf(timed)).toBe('invalid_lifetime')
    const { id } = await shown(keys.mint('worker', { resource: run }))
    expect(await codeOf(keys.narrow(id, { expiresInSeconds: 60 }))).toBe('invalid_lifetime')
    expect(await codeOf(keys.narrow(id, { name: 'w' }))).toBe('ok')
    expect(await codeOf(keys.rotate(id))).toBe('ok')
    expect(await codeOf(keys.revoke(id))).toBe('ok')
  })

  it('ends with the key that minted it at the latest, when that one has an end', async () => {
    const world = await openWorld(runs)
    const { authority } = world
    const seconds = { expiresInSeconds: hours(1) }
    const org = await shown(authority.keys.mint('org', { resource: organization, ...seconds }))
    const desk = authority.as(await principalOf(world, org.secret))
    const worker = await shown(desk.keys.mint('worker', { resource: run }))
    expect(worker.key.expiresAt).toBe(org.key.expiresAt)
    const asked = desk.keys.mint('worker', { resource: run, expiresInSeconds: 60 })
    expect(await codeOf(asked)).toBe('invalid_lifetime')
    world.clock.advance(hours(1) * 1000)
    expect(await verdict(world, worker.secret)).toBe('key_expired')
  })
})

describe('what is below a key that ends with its resource', () => {
  it('ends with it: its children there and deeper, cached or not', async () => {
    const world = await openWorld(runs)
    const { authority } = world
    const worker = await shown(authority.keys.mint('worker', { resource: run }))
    const { mint } = authority.as(await principalOf(world, worker.secret)).keys
    const child = await shown(mint('step', { resource: step }))
    // No child lies elsewhere: a parent mints within its own resource only.
    const elsewhere = mint('step', { resource: `${organization}/runs/r4/steps/s1` })
    expect(await codeOf(elsewhere)).toBe('exceeds_parent')
    expect(await verdict(world, child.secret)).toBe('allowed')
    await good(authority.resources.end(run))
    for (const { secret } of [worker, child]) {
      expect(await verdict(world, secret)).toBe('resource_ended')
    }
    await world.reopen()
    expect(await verdict(world, child.secret)).toBe('resource_ended')
  })

  it('outlives a place that only the child is in, and the other way round', async () => {
    const world = await openWorld(runs)
    const { authority } = world
    const org = await shown(authority.keys.mint('org', { resource: organization }))
    const desk = authority.as(await principalOf(world, org.secret))
    const worker = await shown(desk.keys.mint('worker', { resource: run }))
    const below = authority.as(await principalOf(world, worker.secret)).keys
    const child = await shown(below.mint('step', { resource: step }))
    await good(authority.resources.end(step))
    expect(await verdict(world, child.secret)).toBe('resource_ended')
    expect(await verdict(world, worker.secret)).toBe('allowed')
    await good(desk.resources.end(run))
    expect(await verdict(world, worker.secret)).toBe('resource_ended')
    expect(await verdict(world, org.secret)).toBe('allowed')
  })

  it('ends with the person who holds a key above it', async () => {
    const world = await openWorld(runs)
    const { authority } = world
    const { person } = await good(authority.people.add({ name: 'ann' }))
    const at = { personId: person.id, resource: organization }
    await good(authority.members.grant({ ...at, role: 'owner' }))
    const space = `users/${person.id}`
    const laptop = await shown(authority.keys.mint('laptop', { resource: space }))
    const narrow = await shown(authority.keys.mint('personal', { resource: run, holder: space }))
    const children = []
    for (const { secret } of [laptop, narrow]) {
      const desk = authority.as(await principalOf(world, secret))
      const minted = await desk.keys.mint('worker', { resource: run })
      if (minted.ok) children.push(await shown(Promise.resolve(minted)))
    }
    expect(children.map(({ key }) => key.parentId)).toEqual([narrow.id])
    await good(authority.resources.end(space))
    for (const { secret } of [laptop, narrow, ...children]) {
      expect(await verdict(world, secret)).toBe('resource_ended')
    }
  })
})
