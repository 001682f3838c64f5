import {
  invitationPageSchema,
  invitationSchema,
  invitedSchema,
  membershipSchema,
} from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

const url = '/v1/invitations'
const resource = 'organizations/o1'

async function openInvited(more: object = {}) {
  const site = await openSite()
  const boss = await site.join('boss', { [resource]: 'owner' })
  const ann = await site.join('ann')
  const body = { resource, role: 'viewer', email: 'Ann@site.example', ...more }
  const made = await site.ask({ method: 'POST', url, as: boss.secret, body })
  expect(made.status).toBe(201)
  const { token, ...invitation } = invitedSchema.parse(made.body)
  const accept = (as: string, text = token) =>
    site.ask({ method: 'POST', url: `${url}/accept`, as, body: { token: text } })
  return { ...site, boss, ann, token, invitation, accept }
}

describe('/v1/invitations', () => {
  it('201, then 200: offered, listed without its token, accepted by a personal key, and over', async () => {
    const { ask, boss, ann, token, invitation, accept, lines } = await openInvited()
    const open = await ask({ url: `${url}?resource=${resource}`, as: boss.secret })
    expect(invitationPageSchema.parse(open.body).data).toEqual([invitation])
    expect(open.text).not.toContain(token.slice(-20))
    const accepted = await accept(ann.secret)
    expect(membershipSchema.parse(accepted.body)).toMatchObject({
      person_id: ann.person.id,
      role: 'viewer',
    })
    expectProblem(await accept(ann.secret), 409, 'invitation_ended')
    const left = await ask({ url: `${url}?resource=${resource}`, as: boss.secret })
    expect(left.body.data).toEqual([])
    expect(lines.join('\n')).not.toContain(token.slice(-20))
  })

  it('403 and 404 let nobody accept but the person with that address, by a key that decides for them', async () => {
    const { join, mint, ann, org, token, accept } = await openInvited()
    const eve = await join('eve')
    expectProblem(await accept(eve.secret), 403, 'invitation_for_another')
    expectProblem(await accept(org.secret), 404, 'person_not_found')
    expectProblem(await accept(ann.secret, `${token}x`), 404, 'invitation_not_found')
    // Joining widens all keys of the person: one that was made to do less does not bring it about.
    const small = await mint('personal', ann.space, { scopes: ['agents:read'] })
    expectProblem(await accept(small.secret), 403, 'insufficient_scope')
    const test = await mint('personal', ann.space, { mode: 'test' })
    expectProblem(await accept(test.secret), 403, 'wrong_mode')
    expect((await accept(ann.secret)).status).toBe(200)
  })

  it('200 takes an offer back; 404 for those who could not have made it (row 13)', async () => {
    const { ask, join, boss, ann, invitation, accept } = await openInvited()
    const stranger = await join('stranger', { 'organizations/o2': 'owner' })
    const revoke = (as: string, id = invitation.id) =>
      ask({ method: 'DELETE', url: `${url}/${id}`, as })
    const theirs = await revoke(stranger.secret)
    const absent = await revoke(stranger.secret, 'inv_00000000000000000000')
    expectProblem(theirs, 404, 'invitation_not_found')
    expect({ ...theirs.body, request_id: '' }).toEqual({ ...absent.body, request_id: '' })
    const revoked = await revoke(boss.secret)
    expect(invitationSchema.parse(revoked.body).revoked_at).not.toBeNull()
    expectProblem(await accept(ann.secret), 409, 'invitation_ended')
  })

  it('409 refuses one that has expired, before any cleaner (row 23)', async () => {
    const { world, ann, accept } = await openInvited({ expires_in: 60 })
    world.clock.advance(61_000)
    expectProblem(await accept(ann.secret), 409, 'invitation_ended')
  })

  it('200 lists page by page, newest first', async () => {
    const { ask, boss, invitation, world } = await openInvited()
    const ids = [invitation.id]
    for (const email of ['b@site.example', 'c@site.example']) {
      world.clock.advance(1)
      const body = { resource, role: 'viewer', email }
      ids.unshift((await ask({ method: 'POST', url, as: boss.secret, body })).body.id)
    }
    const page = async (cursor = '') =>
      (await ask({ url: `${url}?resource=${resource}&limit=2${cursor}`, as: boss.secret })).body
    const first = await page()
    const second = await page(`&cursor=${first.next_cursor}`)
    const rows = [...first.data, ...second.data]
    expect(rows.map(({ id }: { id: string }) => id)).toEqual(ids)
  })

  it('422 refuses what is no offer, and fields that only the server sets (row 14)', async () => {
    const { ask, boss } = await openInvited()
    const body = { resource, role: 'viewer', email: 'a@site.example' }
    const codes = []
    for (const change of [
      { email: 'nobody' },
      { role: 'emperor' },
      { expires_in: 0 },
      { created_by: 'me' },
      { token: 'mine' },
    ]) {
      const sent = { method: 'POST', url, as: boss.secret, body: { ...body, ...change } }
      const answer = await ask(sent)
      expect(answer.status).toBe(422)
      codes.push(answer.body.code)
    }
    const own = ['invalid_email', 'unknown_role', 'invalid_lifetime']
    expect(codes).toEqual([...own, 'invalid_request', 'invalid_request'])
  })
})
