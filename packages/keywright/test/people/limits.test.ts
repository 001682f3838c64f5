import { defineAuthority, perMonth } from 'keywright'
import { expect, it } from 'vitest'
import { codeOf, openWorld, shown, verdict } from '../world/open-world.ts'
import { good } from './lab.ts'

const metered = defineAuthority({
  product: { name: 'Metered', slug: 'metered' },
  resources: { organizations: {} },
  scopes: ['runs:read'],
  roles: { owner: ['*'] },
  keys: {
    personal: { prefix: 'me_pk', bound: 'users', scopes: ['*'] },
    laptop: { prefix: 'me_lp', bound: 'users', scopes: ['*'], single: true },
  },
  limits: { quota: perMonth(3).of('users') },
})

it('a quota of people is shared by all keys of a person, wherever they are bound', async () => {
  const world = await openWorld(metered)
  const { people, members, keys } = world.authority
  const resource = 'organizations/o1'
  const secrets: string[] = []
  for (const name of ['ann', 'bob']) {
    const { person } = await good(people.add({ name }))
    const holder = `users/${person.id}`
    await good(members.grant({ personId: person.id, resource, role: 'owner' }))
    for (const bound of [holder, resource]) {
      secrets.push((await shown(keys.mint('personal', { resource: bound, holder }))).secret)
    }
  }
  const rounds = []
  for (let round = 0; round < 2; round += 1) {
    rounds.push(await Promise.all(secrets.map((secret) => verdict(world, secret))))
  }
  expect(rounds).toEqual([
    ['allowed', 'allowed', 'allowed', 'allowed'],
    ['allowed', 'quota_exhausted', 'allowed', 'quota_exhausted'],
  ])
})

it('a single kind of people is single for each person', async () => {
  const { authority } = await openWorld(metered)
  const { people, keys } = authority
  for (const name of ['ann', 'bob']) {
    const { person } = await good(people.add({ name }))
    const holder = `users/${person.id}`
    await shown(keys.mint('laptop', { resource: 'organizations/o1', holder }))
    const again = keys.mint('laptop', { resource: holder })
    expect(await codeOf(again)).toBe('key_exists')
  }
})
