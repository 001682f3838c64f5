import { describe, expect, it } from 'vitest'
import { codeOf, principalOf, shown, verdict } from '../world/open-world.ts'
import { good, o1, openLab, p1 } from './lab.ts'

describe("a person's key is found", () => {
  it('by its exact name or by a beginning of its id, wherever it is bound', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const ann = await join('ann', { [o1]: 'viewer' })
    const laptop = await keyOf(ann, { name: 'laptop' })
    const ci = await keyOf(ann, { name: 'ci', resource: p1 })
    const mine = authority.as(await principalOf(world, laptop.secret)).keys
    const find = async (text: string) => (await good(mine.resolve({ text }))).key.id
    expect(await find('laptop')).toBe(laptop.id)
    expect(await find('ci')).toBe(ci.id)
    expect(await find(ci.id)).toBe(ci.id)
    expect(await find(laptop.id.slice(0, 16))).toBe(laptop.id)
    const holder = `users/${ann.id}`
    const byProduct = await good(authority.keys.resolve({ text: 'ci', holder }))
    expect(byProduct.key.id).toBe(ci.id)
    expect(await codeOf(authority.keys.resolve({ text: 'ci' }))).toBe('invalid_resource')
  })

  it('never by less than 8 characters of the id, by a beginning of the name or of the secret', async () => {
    const { authority, join, keyOf } = await openLab()
    const ann = await join('ann')
    const { id, key } = await keyOf(ann, { name: 'laptop' })
    const { resolve } = authority.asPerson(ann.id).keys
    for (const text of [id.slice(0, 11), 'key_', '', 'lap', key.start, id.slice(4), '%', 'key_%']) {
      expect(await codeOf(resolve({ text }))).toBe('key_not_found')
    }
    expect(await codeOf(resolve({ text: id.slice(0, 12) }))).toBe('ok')
  })

  it('only among live keys, and only those of its holder', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const [ann, bob] = [await join('ann'), await join('bob')]
    const { id } = await keyOf(ann, { name: 'old' })
    const short = await keyOf(ann, { name: 'short', expiresInSeconds: 60 })
    await keyOf(bob, { name: 'of bob' })
    const { resolve } = authority.asPerson(ann.id).keys
    await good(authority.keys.revoke(id))
    world.clock.advance(61_000)
    expect(await codeOf(resolve({ text: 'old' }))).toBe('key_not_found')
    expect(await codeOf(resolve({ text: short.id }))).toBe('key_not_found')
    expect(await codeOf(resolve({ text: 'of bob' }))).toBe('key_not_found')
    const other = resolve({ text: 'of bob', holder: `users/${bob.id}` })
    expect(await codeOf(other)).toBe('key_not_found')
  })

  it('and not where a key above was revoked, however many of the same name were', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const parent = await keyOf(await join('ann', { [o1]: 'owner' }))
    const { mint } = authority.as(await principalOf(world, parent.secret)).keys
    const request = { resource: p1, name: 'night shift' }
    const kept = await shown(authority.keys.mint('worker', request))
    for (let count = 0; count < 12; count += 1) {
      world.clock.advance(1)
      await shown(mint('worker', request))
    }
    const find = () => authority.keys.resolve({ text: request.name, holder: p1 })
    expect(await codeOf(find())).toBe('ambiguous_key')
    await good(authority.keys.revoke(parent.id))
    expect((await good(find())).key.id).toBe(kept.id)
  })

  it('also where it does not count now, because it may count again', async () => {
    const { authority, join, keyOf } = await openLab()
    const ann = await join('ann')
    const { id } = await keyOf(ann, { name: 'ci', resource: p1 })
    expect((await good(authority.keys.show(id))).key.standing).toBe('roleless')
    const found = await good(authority.asPerson(ann.id).keys.resolve({ text: 'ci' }))
    expect(found.key.id).toBe(id)
  })

  it('or refused as ambiguous, and nothing changes (row 5)', async () => {
    const { world, authority, join, keyOf } = await openLab()
    const ann = await join('ann')
    const space = `users/${ann.id}`
    const twins = await Promise.all(
      ['twin', 'twin'].map((name) =>
        shown(authority.keys.mint('personal', { resource: space, name })),
      ),
    )
    const { resolve } = authority.asPerson(ann.id).keys
    expect(await codeOf(resolve({ text: 'twin' }))).toBe('ambiguous_key')
    // Made in one millisecond, their ids begin with the same 8 digits.
    expect(await codeOf(resolve({ text: twins[0]?.id.slice(0, 12) as string }))).toBe(
      'ambiguous_key',
    )
    for (const { secret } of twins) expect(await verdict(world, secret)).toBe('allowed')
    // A name that reads like the id of another key could mean either.
    expect(await codeOf(resolve({ text: twins[0]?.id as string }))).toBe('ok')
    await keyOf(ann, { name: twins[0]?.id as string })
    expect(await codeOf(resolve({ text: twins[0]?.id as string }))).toBe('ambiguous_key')
  })
})
