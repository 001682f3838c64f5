// Whoever reads a person reads all their roles. Somebody who could gather or give any number would make each decision
// about a person as slow as they like, and with it all others.

import { expect, it } from 'vitest'
import { codeOf } from '../world/open-world.ts'
import { o1, openLab } from './lab.ts'

it('a person has roles at a thousand resources at most, however they come by them', async () => {
  const { authority, join } = await openLab({ database: ':memory:' })
  const boss = await join('boss', { [o1]: 'owner' })
  const ada = await join('ada')
  const { members, organizations } = authority.asPerson(boss.id)
  const give = (n: number) =>
    members.grant({ personId: ada.id, resource: `${o1}/projects/p${n}`, role: 'viewer' })
  for (let n = 1; n < 1000; n += 1) expect(await codeOf(give(n))).toBe('ok')
  const own = authority.asPerson(ada.id)
  expect(await codeOf(own.organizations.create({ slug: 'last', name: 'Last' }))).toBe('ok')
  expect(await codeOf(own.organizations.create({ slug: 'more', name: 'More' }))).toBe(
    'too_many_memberships',
  )
  expect(await codeOf(give(1000))).toBe('too_many_memberships')
  const leave = { personId: ada.id, resource: `${o1}/projects/p1` }
  expect(await codeOf(own.members.remove(leave))).toBe('ok')
  expect(await codeOf(give(1000))).toBe('ok')
  expect(await codeOf(organizations.create({ slug: 'more', name: 'More' }))).toBe('ok')
})
