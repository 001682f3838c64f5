// Fifty at once, a hundred rounds: what can happen once happens once, whoever comes first. The database is in memory:
// what is attacked is the order of reading and writing, which is the same there.

import type { Person } from 'keywright'
import { describe, expect, it } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { codeOf, verdict } from '../world/open-world.ts'
import { good, o1, openLab, p1 } from './lab.ts'

const ROUNDS = 100
const AT_ONCE = 50
/** People keep what earlier rounds gave them, and each check of one reads all of it: so now and then others come. */
const ROUNDS_TOGETHER = 10

type Lab = Awaited<ReturnType<typeof openLab>>

/** Runs all rounds, each with fifty people and a number of its own. */
async function inRounds(
  round: (lab: Lab, people: readonly Person[], index: number) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < ROUNDS; first += ROUNDS_TOGETHER) {
    const lab = await openLab({ database: ':memory:' })
    const people: Person[] = []
    while (people.length < AT_ONCE) people.push(await lab.join(`p${people.length}`))
    for (let index = first; index < first + ROUNDS_TOGETHER; index += 1) {
      await round(lab, people, index)
    }
    await lab.authority.close()
  }
}

function tally(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1
  return counts
}

async function membersOf({ authority }: Lab, resource: string) {
  return (await good(authority.members.list({ resource, limit: 100 }))).members
}

describe('at once', () => {
  it('all owners leave, and one stays', async () => {
    await inRounds(async (lab, people, index) => {
      const { authority } = lab
      const resource = `organizations/o${index}`
      for (const { id: personId } of people) {
        await good(authority.members.grant({ personId, resource, role: 'owner' }))
      }
      const answers = people.map(({ id: personId }, turn) => {
        const { members } = authority.asPerson(personId)
        const at = { personId, resource }
        return codeOf(
          turn % 2 === 0 ? members.remove(at) : members.change({ ...at, role: 'viewer' }),
        )
      })
      expect(tally(await Promise.all(answers))).toEqual({ ok: AT_ONCE - 1, last_owner: 1 })
      const left = await membersOf(lab, resource)
      expect(left.filter(({ role }) => role === 'owner')).toHaveLength(1)
    })
  })

  it('many accept one invitation, and one gets the role', async () => {
    const email = 'shared@lab.example'
    await inRounds(async (lab, people, index) => {
      const { authority } = lab
      const resource = `organizations/o${index}`
      if (index % ROUNDS_TOGETHER === 0) {
        for (const { id } of people) {
          await good(authority.people.change(id, { email, isEmailVerified: true }))
        }
      }
      const offer = { resource, role: 'viewer', email } as const
      const { token } = await good(authority.invitations.create(offer))
      rememberSecret(token)
      const answers = people.map(({ id }) =>
        codeOf(authority.asPerson(id).invitations.accept({ token })),
      )
      expect(tally(await Promise.all(answers))).toEqual({ ok: 1, invitation_ended: AT_ONCE - 1 })
      expect(await membersOf(lab, resource)).toHaveLength(1)
    })
  })

  it('many found an organization with one slug, and one owns it', async () => {
    await inRounds(async ({ authority }, people, index) => {
      const slug = `s${index}`
      const answers = people.map(({ id }) =>
        codeOf(authority.asPerson(id).organizations.create({ slug, name: slug })),
      )
      expect(tally(await Promise.all(answers))).toEqual({ ok: 1, slug_taken: AT_ONCE - 1 })
      expect(await codeOf(authority.organizations.find({ slug }))).toBe('ok')
    })
  })

  it('many give one person a role, and they have one', async () => {
    await inRounds(async (lab, people, index) => {
      const [{ id: personId }] = people as [Person]
      const resource = `organizations/o${index}`
      const answers = people.map((_, turn) => {
        const role = turn % 2 === 0 ? 'viewer' : 'owner'
        return codeOf(lab.authority.members.grant({ personId, resource, role }))
      })
      expect(tally(await Promise.all(answers))).toEqual({ ok: 1, membership_exists: AT_ONCE - 1 })
      expect(await membersOf(lab, resource)).toHaveLength(1)
    })
  })

  it('one person accepts and the inviter revokes, and one of the two wins', async () => {
    const lab = await openLab({ database: ':memory:' })
    const { authority, join } = lab
    const ann = await join('ann')
    for (let round = 0; round < ROUNDS; round += 1) {
      const resource = `organizations/o${round}`
      const request = { resource, role: 'viewer', email: 'ann@lab.example' } as const
      const { token, invitation } = await good(authority.invitations.create(request))
      rememberSecret(token)
      const accept = () => codeOf(authority.asPerson(ann.id).invitations.accept({ token }))
      const revoke = () => codeOf(authority.invitations.revoke(invitation.id))
      const order = round % 2 === 0 ? [accept, revoke] : [revoke, accept]
      const answers = await Promise.all(order.map((act) => act()))
      expect(tally(answers)).toEqual({ ok: 1, invitation_ended: 1 })
      expect(await membersOf(lab, resource)).toHaveLength(round % 2 === 0 ? 1 : 0)
    }
  })

  it('a role is taken while its keys are used: nothing is allowed after the answer', async () => {
    const { world, authority, join, keyOf } = await openLab({ database: ':memory:' })
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
