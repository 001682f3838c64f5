import { memberPageSchema, membershipSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

const url = '/v1/members'
const resource = 'organizations/o1'
const ask1 = { scope: 'agents:read', resource }

describe('/v1/members', () => {
  it('201 and 200 grant, list, change and take a role, and the keys of the person follow', async () => {
    const { ask, authority, join } = await openSite()
    const [ann, bob] = [await join('ann', { [resource]: 'owner' }), await join('bob')]
    const as = ann.secret
    const person_id = bob.person.id
    const can = async () => (await authority.verify({ credential: bob.secret, ...ask1 })).allowed
    expect(await can()).toBe(false)
    const body = { person_id, resource, role: 'viewer' }
    const granted = await ask({ method: 'POST', url, as, body })
    expect(granted.status).toBe(201)
    expect(membershipSchema.parse(granted.body)).toMatchObject(body)
    expect(await can()).toBe(true)
    const changed = await ask({
      method: 'PATCH',
      url: `${url}/${person_id}`,
      as,
      body: { resource, role: 'admin' },
    })
    expect(membershipSchema.parse(changed.body)).toMatchObject({ person_id, role: 'admin' })
    const listed = await ask({ url: `${url}?resource=${resource}`, as })
    expect(memberPageSchema.parse(listed.body).data).toMatchObject([
      { person_id: ann.person.id, role: 'owner', name: 'ann', email: 'ann@site.example' },
      { person_id, role: 'admin', name: 'bob' },
    ])
    const removed = await ask({
      method: 'DELETE',
      url: `${url}/${person_id}?resource=${resource}`,
      as,
    })
    expect(membershipSchema.parse(removed.body)).toMatchObject({ role: 'admin' })
    expect(await can()).toBe(false)
  })

  it('200 lists page by page', async () => {
    const { ask, join, world } = await openSite()
    const ann = await join('ann', { [resource]: 'owner' })
    const names = ['ann']
    for (const name of ['bob', 'cyd', 'dan']) {
      world.clock.advance(1)
      await join(name, { [resource]: 'viewer' })
      names.push(name)
    }
    const page = async (cursor = '') =>
      (await ask({ url: `${url}?resource=${resource}&limit=2${cursor}`, as: ann.secret })).body
    const first = await page()
    const second = await page(`&cursor=${first.next_cursor}`)
    const rows = [...first.data, ...second.data]
    expect(rows.map(({ name }: { name: string }) => name)).toEqual(names)
    expect(second.next_cursor).toBeNull()
  })

  it('200 lets a person leave by their key when it may decide for them, the last owner never', async () => {
    const { ask, join, mint } = await openSite()
    const ann = await join('ann', { [resource]: 'owner' })
    const eve = await join('eve', { [resource]: 'viewer' })
    const leave = (as: string, id: string) =>
      ask({ method: 'DELETE', url: `${url}/${id}?resource=${resource}`, as })
    const small = await mint('personal', eve.space, { scopes: ['agents:read'] })
    expectProblem(await leave(small.secret, eve.person.id), 403, 'insufficient_scope')
    expect((await leave(eve.secret, eve.person.id)).status).toBe(200)
    expectProblem(await leave(ann.secret, ann.person.id), 409, 'last_owner')
  })

  it('403 refuses who may not: no scope, elsewhere, and roles above the own (row 15)', async () => {
    const { ask, join, org, verifier } = await openSite()
    await join('boss', { [resource]: 'owner' })
    const ann = await join('ann', { [resource]: 'admin' })
    const eve = await join('eve', { [resource]: 'viewer' })
    const body = { person_id: eve.person.id, resource, role: 'owner' }
    const grant = (as: string, more: object = {}) =>
      ask({ method: 'POST', url, as, body: { ...body, ...more } })
    expectProblem(await grant(verifier.secret), 403, 'insufficient_scope')
    expectProblem(await grant(eve.secret), 403, 'insufficient_scope')
    expectProblem(await grant(ann.secret), 403, 'exceeds_role')
    const foreign = { resource: 'organizations/o2' }
    expectProblem(await grant(ann.secret, foreign), 403, 'outside_resource')
    expectProblem(await grant(org.secret, foreign), 403, 'outside_resource')
    const elsewhere = await ask({ url: `${url}?resource=organizations/o2`, as: ann.secret })
    expectProblem(elsewhere, 403, 'outside_resource')
  })

  it('404 and 409 say that there is no such person or role, or one already', async () => {
    const { ask, join } = await openSite()
    const ann = await join('ann', { [resource]: 'owner' })
    const as = ann.secret
    const body = { person_id: 'usr_00000000000000000000', resource, role: 'viewer' }
    expectProblem(await ask({ method: 'POST', url, as, body }), 404, 'person_not_found')
    const again = { ...body, person_id: ann.person.id }
    expectProblem(await ask({ method: 'POST', url, as, body: again }), 409, 'membership_exists')
    for (const sent of [
      { method: 'PATCH', url: `${url}/usr_1`, body: { resource, role: 'viewer' } },
      { method: 'DELETE', url: `${url}/usr_1?resource=${resource}` },
    ]) {
      expectProblem(await ask({ ...sent, as }), 404, 'membership_not_found')
    }
  })

  it('422 refuses what is no role, no resource for roles, and fields that only the server sets (row 14)', async () => {
    const { ask, join } = await openSite()
    const ann = await join('ann', { [resource]: 'owner' })
    const body = { person_id: ann.person.id, resource, role: 'viewer' }
    const codes = []
    for (const change of [
      { role: 'emperor' },
      { resource: ann.space },
      { resource: 'organizations/-' },
      { granted_by: 'me' },
      { granted_at: '2020-01-01T00:00:00Z' },
      { scopes: ['*'] },
    ]) {
      const sent = { method: 'POST', url, as: ann.secret, body: { ...body, ...change } }
      const answer = await ask(sent)
      expect(answer.status).toBe(422)
      codes.push(answer.body.code)
    }
    const resources = ['invalid_resource', 'invalid_resource']
    const fields = ['invalid_request', 'invalid_request', 'invalid_request']
    expect(codes).toEqual(['unknown_role', ...resources, ...fields])
  })
})
