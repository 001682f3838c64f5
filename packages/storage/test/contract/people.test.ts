import type { Invitation, Membership } from '@keywright/core'
import type { OpenedStore } from '@keywright/storage'
import { event, newKey, TEST_TIME } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

const org = 'organizations/o1'
const project = `${org}/projects/p1`

function person(id: string) {
  return { id, name: 'Ünï', email: `${id}@x.example`, isEmailVerified: true, createdAt: TEST_TIME }
}

function membership(personId: string, resource: string, role = 'viewer'): Membership {
  return { personId, resource, role, grantedAt: TEST_TIME, grantedBy: 'operator:test' }
}

function invitation(id: string, change: Partial<Invitation> = {}): Invitation {
  return {
    id,
    resource: org,
    role: 'viewer',
    email: 'a@x.example',
    createdAt: TEST_TIME,
    createdBy: 'users/usr_1',
    expiresAt: TEST_TIME + 1000,
    acceptedAt: null,
    acceptedBy: null,
    revokedAt: null,
    ...change,
  }
}

async function withPeople(store: OpenedStore, ...added: readonly Membership[]): Promise<void> {
  await store.transact(async (writes) => {
    for (const id of ['usr_1', 'usr_2', 'usr_3']) await writes.insertPerson(person(id))
    for (const one of added) await writes.insertMembership(one)
  })
}

overDialects('people', (open) => {
  it('read back as they were written and changed', async () => {
    const store = await open()
    await withPeople(store)
    const bare = { ...person('usr_1'), name: 'B', email: null, isEmailVerified: false }
    expect(await store.reads.getPerson('usr_1')).toStrictEqual(person('usr_1'))
    await store.transact((writes) => writes.changePerson(bare))
    expect(await store.reads.getPerson('usr_1')).toStrictEqual(bare)
    expect(await store.reads.getPerson('usr_0')).toBeUndefined()
  })

  it('have roles, listed by resource and by person', async () => {
    const store = await open()
    const all = [membership('usr_2', org), membership('usr_1', project), membership('usr_1', org)]
    await withPeople(store, ...all)
    const { reads } = store
    expect(await reads.getMembership('usr_1', org)).toStrictEqual(all[2])
    expect(await reads.getMembership('usr_2', project)).toBeUndefined()
    const [one, two] = [all[2], all[0]].map((row) => ({
      ...row,
      name: 'Ünï',
      email: `${row?.personId}@x.example`,
    }))
    expect(await reads.listMembers({ resource: org, limit: 9 })).toStrictEqual([one, two])
    const next = await reads.listMembers({ resource: org, after: 'usr_1', limit: 9 })
    expect(next).toStrictEqual([two])
    expect(await reads.listMembers({ resource: org, limit: 1 })).toStrictEqual([one])
    expect(await reads.listMemberships('usr_1')).toStrictEqual([all[2], all[1]])
    await store.transact(async (writes) => {
      await writes.changeRole('usr_1', org, 'owner')
      await writes.removeMembership('usr_1', project)
    })
    expect(await reads.listMemberships('usr_1')).toStrictEqual([membership('usr_1', org, 'owner')])
  })

  it('count as another of a role at exactly that resource, unless they are gone', async () => {
    const store = await open()
    const others = [membership('usr_2', project, 'owner'), membership('usr_3', org)]
    await withPeople(store, membership('usr_1', org, 'owner'), ...others)
    const hasOther = (besides: string) =>
      store.transact((writes) => writes.hasOther('owner', { resource: org, besides }))
    expect(await hasOther('usr_1')).toBe(false)
    expect(await hasOther('usr_2')).toBe(true)
    await store.transact((writes) =>
      writes.setResourceState('users/usr_1', { state: 'disabled', at: 1, by: '' }),
    )
    expect(await hasOther('usr_2')).toBe(true)
    await store.transact((writes) =>
      writes.setResourceState('users/usr_1', { state: 'ended', at: 1, by: '' }),
    )
    expect(await hasOther('usr_2')).toBe(false)
  })

  it('stand behind their keys and the keys below, with their roles as they are', async () => {
    const store = await open()
    await withPeople(store, membership('usr_1', org), membership('usr_1', project, 'owner'))
    const holder = 'users/usr_1'
    const wide = newKey({ kind: 'personal', holder, resource: holder })
    const narrow = newKey({ kind: 'personal', holder, resource: project, parentId: wide.key.id })
    const child = newKey({ kind: 'worker', resource: project, parentId: narrow.key.id })
    const other = newKey({ resource: org })
    await store.transact(async (writes) => {
      for (const one of [wide, narrow, child, other]) await writes.insertKey(one)
    })
    const reach = {
      holder,
      memberships: [
        { resource: org, role: 'viewer', isBlocked: false },
        { resource: project, role: 'owner', isBlocked: false },
      ],
    }
    for (const { digest } of [wide, narrow, child]) {
      expect((await store.reads.findBySecret(digest)).snapshot?.reach).toStrictEqual(reach)
    }
    expect((await store.reads.findById(other.key.id)).snapshot).not.toHaveProperty('reach')
    expect(await store.reads.findReach('usr_1')).toStrictEqual({ reach, blockedBy: null })
    await store.transact((writes) =>
      writes.setResourceState(project, { state: 'disabled', at: 1, by: '' }),
    )
    const [first, second] = (await store.reads.findReach('usr_1')).reach.memberships
    expect([first?.isBlocked, second?.isBlocked]).toEqual([false, true])
    await store.transact((writes) =>
      writes.setResourceState(holder, { state: 'ended', at: 1, by: '' }),
    )
    expect((await store.reads.findReach('usr_1')).blockedBy).toBe('ended')
    const { snapshot } = await store.reads.findBySecret(child.digest)
    expect(snapshot?.blockedBy).toEqual({ resource: project, state: 'disabled' })
    const blockedBy = (await store.reads.findBySecret(wide.digest)).snapshot?.blockedBy
    expect(blockedBy).toEqual({ resource: holder, state: 'ended' })
  })

  it('hold keys that are found wherever they are bound, by name and by the beginning of an id', async () => {
    const store = await open()
    const holder = 'users/usr_1'
    const wide = newKey({ holder, resource: holder, name: 'laptop' })
    const narrow = newKey({ holder, resource: org, name: 'ci' })
    const beside = newKey({ holder: 'users/usr_2', resource: org, name: 'ci' })
    await store.transact(async (writes) => {
      for (const one of [wide, narrow, beside]) await writes.insertKey(one)
    })
    const ids = async (query: { holder?: string; name?: string; idPrefix?: string }) =>
      (await store.reads.listKeys({ resource: null, now: TEST_TIME, limit: 9, ...query })).map(
        ({ id }) => id,
      )
    expect(await ids({ holder })).toEqual([narrow.key.id, wide.key.id])
    expect(await ids({ holder: org })).toEqual([])
    expect(await ids({ holder, name: 'ci' })).toEqual([narrow.key.id])
    expect(await ids({ holder, idPrefix: wide.key.id })).toEqual([wide.key.id])
    expect(await ids({ holder, idPrefix: 'key_' })).toHaveLength(2)
    expect(await ids({ holder, idPrefix: 'key_%' })).toEqual([])
  })

  it('are named by events that concern them', async () => {
    const store = await open()
    await store.transact(async (writes) => {
      await writes.append(event())
      await writes.append(event({ type: 'membership.granted', person: 'users/usr_1' }))
    })
    const query = { resource: null, after: 0, limit: 9 }
    const [first, second] = await store.reads.listEvents(query)
    expect(first).not.toHaveProperty('person')
    expect(second?.person).toBe('users/usr_1')
    const ofPerson = await store.reads.listEvents({ ...query, person: 'users/usr_1' })
    expect(ofPerson).toStrictEqual([second])
  })
})

overDialects('organizations and invitations', (open) => {
  it('are found by what they are known by; a slug is taken once', async () => {
    const store = await open()
    const acme = {
      id: 'org_1',
      slug: 'acme',
      name: 'Acme',
      namedBy: 'operator:product',
      createdAt: TEST_TIME,
    }
    await store.transact((writes) => writes.insertOrganization(acme))
    expect(await store.reads.getOrganization('org_1')).toStrictEqual(acme)
    expect(await store.reads.findOrganization('acme')).toStrictEqual(acme)
    expect(await store.reads.findOrganization('ACME')).toBeUndefined()
    const twin = store.transact((writes) => writes.insertOrganization({ ...acme, id: 'org_2' }))
    await expect(twin).rejects.toThrow()
    await store.transact((writes) => writes.insertInvitation(invitation('inv_1'), 'digest'))
    expect(await store.reads.getInvitation('inv_1')).toStrictEqual(invitation('inv_1'))
    expect(await store.reads.findInvitation('digest')).toStrictEqual(invitation('inv_1'))
    expect(await store.reads.findInvitation('other')).toBeUndefined()
  })

  it('are listed by id, all or some, and named anew', async () => {
    const store = await open()
    const rows = ['a', 'b', 'c'].map((slug) => ({
      id: `org_${slug}`,
      slug,
      name: slug,
      namedBy: 'users/usr_1',
      createdAt: TEST_TIME,
    }))
    await store.transact(async (writes) => {
      for (const row of rows) await writes.insertOrganization(row)
      await writes.changeOrganization({
        ...rows[1],
        id: 'org_b',
        slug: 'z',
        name: 'Z',
        namedBy: 'operator:product',
        createdAt: 0,
      })
    })
    const list = async (query: object) => {
      const listed = await store.reads.listOrganizations({ limit: 9, ...query })
      return listed.map(({ slug }) => slug)
    }
    expect(await list({})).toEqual(['a', 'z', 'c'])
    expect(await list({ ids: ['org_c', 'org_b', 'org_0'] })).toEqual(['z', 'c'])
    expect(await list({ ids: [] })).toEqual([])
    expect(await list({ after: 'org_a', limit: 1 })).toEqual(['z'])
    expect(await store.reads.getOrganization('org_b')).toMatchObject({
      namedBy: 'operator:product',
      createdAt: TEST_TIME,
    })
  })

  it('are consumed once, not after their end and not when they were taken back', async () => {
    const store = await open()
    await withPeople(store)
    await store.transact(async (writes) => {
      for (const id of ['inv_1', 'inv_2', 'inv_3']) {
        await writes.insertInvitation(invitation(id), `digest of ${id}`)
      }
    })
    const accept = (id: string, at = TEST_TIME) =>
      store.transact((writes) => writes.acceptInvitation(id, 'usr_1', at))
    const revoke = (id: string) =>
      store.transact((writes) => writes.revokeInvitation(id, TEST_TIME))
    expect(await accept('inv_1')).toBe(true)
    expect(await accept('inv_1')).toBe(false)
    expect(await revoke('inv_1')).toBe(false)
    expect(await revoke('inv_2')).toBe(true)
    expect(await revoke('inv_2')).toBe(false)
    expect(await accept('inv_2')).toBe(false)
    expect(await accept('inv_3', TEST_TIME + 1000)).toBe(false)
    const listed = await store.reads.listInvitations({ resource: org, limit: 9 })
    expect(listed.map(({ id }) => id)).toEqual(['inv_3'])
    const accepted = { acceptedAt: TEST_TIME, acceptedBy: 'usr_1' }
    expect(await store.reads.getInvitation('inv_1')).toMatchObject(accepted)
  })
})
