import { personSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

const at = (id: string): string => `/v1/people/${id}`

describe('/v1/people/{id}', () => {
  it('200 shows a person to themself, and lets them be called something else', async () => {
    const { ask, join, world } = await openSite()
    const { person, secret } = await join('ann')
    const url = at(person.id)
    const shown = personSchema.parse((await ask({ url, as: secret })).body)
    expect(shown).toMatchObject({ id: person.id, name: 'ann', email_verified: true })
    const body = { name: 'Ann Lovelace' }
    const renamed = await ask({ method: 'PATCH', url, as: secret, body })
    expect(personSchema.parse(renamed.body)).toEqual({ ...shown, ...body })
    expect(world.rows("select 1 from events where type = 'person.changed'")).toHaveLength(1)
  })

  it('403 refuses a new name to a key that does not decide for its person', async () => {
    const { ask, join, mint } = await openSite()
    const { person, space } = await join('ann')
    const { secret } = await mint('personal', space, { scopes: ['agents:read'] })
    const sent = { method: 'PATCH', url: at(person.id), as: secret, body: { name: 'x' } }
    expectProblem(await ask(sent), 403, 'insufficient_scope')
  })

  it('404 answers for anybody else as for nobody (row 13)', async () => {
    const { ask, join, org, world } = await openSite()
    const resource = 'organizations/o1'
    const ann = await join('ann', { [resource]: 'owner' })
    const bob = await join('bob', { [resource]: 'viewer' })
    for (const as of [ann.secret, org.secret]) {
      for (const id of [bob.person.id, 'usr_00000000000000000000']) {
        expectProblem(await ask({ url: at(id), as }), 404, 'person_not_found')
        const sent = { method: 'PATCH', url: at(id), as, body: { name: 'x' } }
        expectProblem(await ask(sent), 404, 'person_not_found')
      }
    }
    expect(world.rows("select 1 from persons where name = 'x'")).toEqual([])
  })

  it('422 refuses an address: it has to be proved first (row 14)', async () => {
    const { ask, join } = await openSite()
    const { person, secret } = await join('ann')
    for (const more of [{ email: 'boss@site.example' }, { email_verified: true }, { id: 'x' }]) {
      const sent = { method: 'PATCH', url: at(person.id), as: secret, body: { name: 'a', ...more } }
      expectProblem(await ask(sent), 422, 'invalid_request')
    }
  })
})
