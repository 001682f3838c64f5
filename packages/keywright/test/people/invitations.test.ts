import { describe, expect, it } from 'vitest'
import { codeOf } from '../world/open-world.ts'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import type { Role } from './lab.ts'
import { good, o1, openLab } from './lab.ts'

async function openInvited(change: { email?: string; role?: Role; seconds?: number } = {}) {
  const opened = await openLab()
  const { authority, join } = opened
  const boss = await join('boss', { [o1]: 'owner' })
  const ann = await join('ann')
  const { email = 'Ann@LAB.example', role = 'researcher', seconds } = change
  const request = { resource: o1, role, email, expiresInSeconds: seconds }
  const made = await good(authority.asPerson(boss.id).invitations.create(request))
  rememberSecret(made.token)
  return { opened, authority, join, boss, ann, ...made }
}

describe('an invitation', () => {
  it('gives its role once, to the person with that address, whatever the case', async () => {
    const { opened, authority, ann, token, invitation } = await openInvited()
    expect(token).toMatch(/^invitation_[0-9A-Za-z]{36}$/)
    const { invitations } = await good(authority.invitations.list({ resource: o1 }))
    expect(invitations).toEqual([invitation])
    const { accept } = authority.asPerson(ann.id).invitations
    const { membership } = await good(accept({ token }))
    expect(membership).toMatchObject({ personId: ann.id, resource: o1, role: 'researcher' })
    expect(await codeOf(accept({ token }))).toBe('invitation_ended')
    expect(await good(authority.invitations.list({ resource: o1 }))).toMatchObject({
      invitations: [],
    })
    expect(await codeOf(authority.invitations.revoke(invitation.id))).toBe('invitation_ended')
    const [row] = opened.world.rows('select digest, accepted_by from invitations')
    expect(row?.['accepted_by']).toBe(ann.id)
    expect(JSON.stringify(row)).not.toContain(token.slice(-36))
  })

  it('is for that address alone, and only when it is verified', async () => {
    const { authority, join, ann, token } = await openInvited()
    const eve = await join('eve')
    const accept = (personId: string) =>
      codeOf(authority.asPerson(personId).invitations.accept({ token }))
    expect(await accept(eve.id)).toBe('invitation_for_another')
    // The Kelvin sign is no k, and an unproved address is nobody's.
    await good(authority.people.change(ann.id, { isEmailVerified: false }))
    expect(await accept(ann.id)).toBe('invitation_for_another')
    await good(authority.people.change(ann.id, { isEmailVerified: true }))
    const asEve = authority.asPerson(eve.id).invitations.accept({ token, personId: ann.id })
    expect(await codeOf(asEve)).toBe('person_not_found')
    expect(await accept(ann.id)).toBe('ok')
  })

  it('takes no address that only looks the same in another alphabet', async () => {
    const { authority, join, token } = await openInvited({ email: 'kim@lab.example' })
    const kim = await join('\u212Aim')
    const accept = authority.asPerson(kim.id).invitations.accept({ token })
    expect(await codeOf(accept)).toBe('invitation_for_another')
  })

  it('ends by itself, without a cleaner (row 23)', async () => {
    const { opened, authority, ann, token } = await openInvited({ seconds: 60 })
    opened.world.clock.advance(61_000)
    const { accept } = authority.asPerson(ann.id).invitations
    expect(await codeOf(accept({ token }))).toBe('invitation_ended')
    expect(opened.world.rows('select accepted_at from invitations')).toEqual([
      { accepted_at: null },
    ])
  })

  it('is taken back, once or twice, by those who could have given it', async () => {
    const { authority, join, ann, token, invitation } = await openInvited()
    const stranger = await join('stranger', { 'organizations/o2': 'owner' })
    const { revoke } = authority.asPerson(stranger.id).invitations
    expect(await codeOf(revoke(invitation.id))).toBe('invitation_not_found')
    expect(await codeOf(authority.invitations.revoke(invitation.id))).toBe('ok')
    expect(await codeOf(authority.invitations.revoke(invitation.id))).toBe('ok')
    const { accept } = authority.asPerson(ann.id).invitations
    expect(await codeOf(accept({ token }))).toBe('invitation_ended')
    expect(await codeOf(accept({ token: `${token}x` }))).toBe('invitation_not_found')
  })

  it('is worth no more than its sender when it is accepted', async () => {
    const { authority, join, boss, ann, token } = await openInvited({ role: 'owner' })
    await join('other', { [o1]: 'owner' })
    await good(authority.members.change({ personId: boss.id, resource: o1, role: 'maintainer' }))
    const { accept } = authority.asPerson(ann.id).invitations
    expect(await codeOf(accept({ token }))).toBe('invitation_ended')
  })

  it('is not used up by somebody who has a role there already', async () => {
    const { authority, ann, token } = await openInvited()
    const at = { personId: ann.id, resource: o1 }
    await good(authority.members.grant({ ...at, role: 'viewer' }))
    const { accept } = authority.asPerson(ann.id).invitations
    expect(await codeOf(accept({ token }))).toBe('membership_exists')
    await good(authority.members.remove(at))
    expect(await codeOf(authority.invitations.accept({ token, personId: ann.id }))).toBe('ok')
  })

  it.each([
    [{ email: 'nobody' }, 'invalid_email'],
    [{ role: 'emperor' }, 'unknown_role'],
    [{ resource: 'users/usr_1' }, 'invalid_resource'],
    [{ expiresInSeconds: 0 }, 'invalid_lifetime'],
    [{ expiresInSeconds: 31 * 86_400 }, 'invalid_lifetime'],
  ])('is refused with %j as %s', async (change, code) => {
    const { authority } = await openLab()
    const request = { resource: o1, role: 'viewer', email: 'a@lab.example', ...change }
    expect(await codeOf(authority.invitations.create(request as never))).toBe(code)
  })
})
