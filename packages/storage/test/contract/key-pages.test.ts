import type { KeyQuery } from '@keywright/core'
import { newKey, TEST_TIME } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

const org = 'organizations/org_1'
const agent = `${org}/agents/a1`
const VISITED = 10

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
    const first = await reads.pageKeys(query, VISITED)
    expect(first.keys.map(({ id }) => id)).toEqual([ids[0]])
    expect(first.visitedTo).toBe(ids[VISITED - 1])
    const second = await reads.pageKeys({ ...query, before: ids[VISITED - 1] as string }, VISITED)
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
      const page = await reads.pageKeys({ ...query, ...(before && { before }) }, VISITED)
      walked.push(...page.keys.map(({ id }) => id))
      before = page.keys.length === query.limit ? walked.at(-1) : (page.visitedTo ?? undefined)
      if (before === undefined) break
    }
    const listed = await reads.listKeys({ ...query, limit: 100 })
    expect(walked).toEqual(listed.map(({ id }) => id))
  })

  it('is full before it has looked at everything', async () => {
    const { reads, ids } = await openMany()
    const page = await reads.pageKeys(ALL, VISITED)
    expect(page.keys.map(({ id }) => id)).toEqual(ids.slice(0, 3))
    expect(page.visitedTo).toBeNull()
  })
})
