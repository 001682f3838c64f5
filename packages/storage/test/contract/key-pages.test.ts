import type { KeyLook, KeyQuery } from '@keywright/core'
import { newKey, TEST_TIME } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

const org = 'organizations/org_1'
const agent = `${org}/agents/a1`
const VISITED = 10

const ANY: KeyLook = { visitMax: VISITED, fits: () => true }

const ALL: KeyQuery = { resource: org, now: TEST_TIME, limit: 3 }

overDialects('a page of keys', (open) => {
  /** The oldest and the newest of many are of another kind. */
  async function openMany() {
    const store = await open()
    const rare = () => newKey({ resource: agent, kind: 'agent' })
    const added = [rare(), ...Array.from({ length: 34 }, () => newKey({ resource: org })), rare()]
    await store.transact(async (writes) => {
      for (const each of added) await writes.insertKey(each)
    })
    return { reads: store.reads, ids: added.map(({ key }) => key.id).toReversed() }
  }

  it('looks at so many keys and no more, and says how far it came', async () => {
    const { reads, ids } = await openMany()
    const query = { ...ALL, kind: 'agent' }
    const first = await reads.pageKeys(query, ANY)
    expect(first.keys.map(({ key }) => key.id)).toEqual([ids[0]])
    expect(first.visitedTo).toBe(ids[VISITED - 1])
    const second = await reads.pageKeys({ ...query, before: ids[VISITED - 1] as string }, ANY)
    expect(second).toEqual({ keys: [], visitedTo: ids[2 * VISITED - 1] })
  })

  it.each([
    ['nothing', {}],
    ['a kind', { kind: 'agent' }],
    ['what is not there', { standing: 'revoked' }],
    ['a resource below', { resource: agent }],
    ['a holder', { resource: null, holder: org }],
    ['everything', { resource: null }],
  ] as const)('walked to the end by %s has what a list has', async (_, filter) => {
    const { reads } = await openMany()
    const query = { ...ALL, ...filter }
    const walked: string[] = []
    let before: string | undefined
    for (;;) {
      const page = await reads.pageKeys({ ...query, ...(before && { before }) }, ANY)
      walked.push(...page.keys.map(({ key }) => key.id))
      before = page.keys.length === query.limit ? walked.at(-1) : (page.visitedTo ?? undefined)
      if (before === undefined) break
    }
    const listed = await reads.listKeys({ ...query, limit: 100 })
    expect(walked).toEqual(listed.map(({ id }) => id))
  })

  it('looks up what a bounded number of keys stand on, and goes on after them', async () => {
    const store = await open()
    const added = Array.from({ length: 1100 }, () => newKey({ resource: org }))
    await store.transact(async (writes) => {
      for (const each of added) await writes.insertKey(each)
    })
    const ids = added.map(({ key }) => key.id).toReversed()
    const weighed: string[] = []
    let before: string | undefined
    let pages = 0
    do {
      const page = await store.reads.pageKeys(
        { ...ALL, ...(before && { before }) },
        {
          visitMax: 2000,
          fits: ({ key }) => {
            weighed.push(key.id)
            return false
          },
        },
      )
      before = page.visitedTo ?? undefined
      pages += 1
    } while (before !== undefined)
    expect(weighed).toEqual(ids)
    expect(pages).toBe(3)
  })

  it('says what each key stands on, as a look-up of that key does', async () => {
    const store = await open()
    const person = 'users/usr_1'
    const top = newKey({ resource: org, holder: person })
    const middle = newKey({ resource: agent, parentId: top.key.id })
    const low = newKey({ resource: agent, parentId: middle.key.id })
    await store.transact(async (writes) => {
      for (const each of [top, middle, low, newKey({ resource: org })]) await writes.insertKey(each)
      await writes.markRevoked(top.key.id, TEST_TIME, 'operator:test')
      await writes.setResourceState(org, { state: 'disabled', at: TEST_TIME, by: '' })
      await writes.insertPerson({
        id: 'usr_1',
        name: 'Ann',
        email: null,
        isEmailVerified: false,
        createdAt: TEST_TIME,
      })
      await writes.insertMembership({
        personId: 'usr_1',
        resource: agent,
        role: 'owner',
        grantedAt: TEST_TIME,
        grantedBy: 'operator:test',
      })
    })
    const { keys } = await store.reads.pageKeys({ ...ALL, limit: 9 }, ANY)
    expect(keys).toHaveLength(4)
    for (const { key, ground } of keys) {
      const { snapshot } = await store.reads.findById(key.id)
      expect(snapshot).toMatchObject(ground)
      expect(ground.reach).toEqual(snapshot?.reach)
    }
  })

  it('is full before it has looked at everything', async () => {
    const { reads, ids } = await openMany()
    const page = await reads.pageKeys(ALL, ANY)
    expect(page.keys.map(({ key }) => key.id)).toEqual(ids.slice(0, 3))
    expect(page.visitedTo).toBeNull()
  })
})
