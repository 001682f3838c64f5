// Fifty at once, several rounds: what can happen once happens once, whoever comes first.

import { describe, expect, it } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { codeOf, verdict } from '../world/open-world.ts'
import { good, o1, openLab, p1 } from './lab.ts'

const ROUNDS = 4
const AT_ONCE = 50

function tally(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1
  return counts
}

describe('at once', () => {
  it('all owners leave, and one stays', async () => {
    const { world, authority, join } = await openLab()
    for (let round = 0; round < ROUNDS; round += 1) {
      const resource = `organizations/o${round}`
      const owners = []
      for (let index = 0; index < AT_ONCE; index += 1) {
        owners.push(await join(`p${round}-${index}`, { [resource]: 'owner' }))
      }
      const answers = owners.map(({ id: personId }, index) => {
        const { members } = authority.asPerson(personId)
        const at = { personId, resource }
        return codeOf(
          index % 2 === 0 ? members.remove(at) : members.change({ ...at, role: 'viewer' }),
        )
      })
      expect(tally(await Promise.all(answers))).toEqual({ ok: AT_ONCE - 1, last_owner: 1 })
      const left = `select count(*) as n from memberships where role = 'owner' and resource = '${resource}'`
      expect(world.rows(left)).toEqual([{ n: 1 }])
    }
  })

  it('many accept one invitation, and one gets the role', async () => {
    const { world, authority, join } = await openLab()
    const email = 'shared@lab.example'
    for (let round = 0; round < ROUNDS; round += 1) {
      const resource = `organizations/o${round}`
      const { token } = await good(
        authority.invitations.create({ resource, role: 'viewer', email }),
      )
      rememberSecret(token)
      const people = []
      for (let index = 0; index < AT_ONCE; index += 1) {
        const { id } = await join(`p${round}-${index}`)
        people.push(id)
        await good(authority.people.change(id, { email, isEmailVerified: true }))
      }
      const answers = people.map((id) =>
        codeOf(authority.asPerson(id).invitations.accept({ token })),
      )
      expect(tally(await Promise.all(answers))).toEqual({ ok: 1, invitation_ended: AT_ONCE - 1 })
      const members = `select count(*) as n from memberships where resource = '${resource}'`
      expect(world.rows(members)).toEqual([{ n: 1 }])
    }
  })

  it('one person accepts and the inviter revokes, and one of the two wins', async () => {
    const { world, authority, join } = await openLab()
    const ann = await join('ann')
    for (let round = 0; round < ROUNDS * 5; round += 1) {
      const resource = `organizations/o${round}`
      const request = { resource, role: 'viewer', email: 'ann@lab.example' } as const
      const { token, invitation } = await good(authority.invitations.create(request))
      rememberSecret(token)
      const accept = () => codeOf(authority.asPerson(ann.id).invitations.accept({ token }))
      const revoke = () => codeOf(authority.invitations.revoke(invitation.id))
      const order = round % 2 === 0 ? [accept, revoke] : [revoke, accept]
      const answers = await Promise.all(order.map((act) => act()))
      expect(tally(answers)).toEqual({ ok: 1, invitation_ended: 1 })
      const members = world.rows(`select 1 from memberships where resource = '${resource}'`)
      expect(members).toHaveLength(round % 2 === 0 ? 1 : 0)
    }
  })

  it('a role is taken while its keys are used: nothing is allowed after the answer', async () => {
    const { world, authority, join, keyOf } = await openLab()
    for (let round = 0; round < ROUNDS; round += 1) {
      const ann = await join(`ann${round}`, { [o1]: 'researcher' })
      const keys = await Promise.all([keyOf(ann), keyOf(ann, { resource: p1 })])
      const ask = { scope: 'runs:write', resource: p1 }
      let isOver = false
      const late: string[] = []
      const users = Array.from({ length: AT_ONCE }, async (_, index) => {
        const { secret } = keys[index % 2] as (typeof keys)[0]
        for (let tries = 0; tries < 20; tries += 1) {
          const wasOver = isOver
          const word = await verdict(world, secret, ask)
          if (wasOver && word === 'allowed') late.push(word)
          if (index % 5 === 0) await new Promise((go) => setImmediate(go))
        }
      })
      const removal = good(authority.members.remove({ personId: ann.id, resource: o1 })).then(
        () => (isOver = true),
      )
      await Promise.all([...users, removal])
      expect(late).toEqual([])
      for (const { secret } of keys)
        expect(await verdict(world, secret, ask)).toBe('outside_resource')
    }
  })
})
