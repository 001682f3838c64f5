// A repeat of a request is answered to who could still make it: what people may, changes in a day.

import { expect, it } from 'vitest'
import { codeOf, shown } from '../world/open-world.ts'
import { good, o1, openLab } from './lab.ts'

it('a repeat shows nothing of the key to a person whom the organization let go (row 25)', async () => {
  const { authority, join } = await openLab()
  await join('ada', { [o1]: 'owner' })
  const bob = await join('bob', { [o1]: 'owner' })
  const request = { resource: o1, name: 'ci', idempotencyKey: 'once' }
  const { keys } = authority.asPerson(bob.id)
  const { id } = await shown(keys.mint('org', request))
  expect(await good(keys.mint('org', request))).toMatchObject({ key: { id }, isReplay: true })
  await good(authority.members.remove({ personId: bob.id, resource: o1 }))
  expect(await codeOf(keys.show(id))).toBe('key_not_found')
  expect(await codeOf(keys.mint('org', request))).toBe('exceeds_parent')
})
