import type { JoinedIdentity } from '@keywright/core'
import { expect, it } from 'vitest'
import { event, TEST_TIME } from '../../testing/index.ts'
import { overDialects } from './over-dialects.ts'

const issuer = 'https://auth.x.example'

function identity(subject: string, personId: string): JoinedIdentity {
  return { issuer, subject, personId, createdAt: TEST_TIME, claimedAt: null }
}

function person(id: string) {
  return { id, name: id, email: null, isEmailVerified: false, createdAt: TEST_TIME }
}

overDialects('identities', (open) => {
  it('read back as they were written, by the exact pair', async () => {
    const store = await open()
    await store.transact(async (writes) => {
      await writes.insertPerson(person('usr_1'))
      await writes.insertIdentity(identity('ada', 'usr_1'))
    })
    expect(await store.reads.findIdentity({ issuer, subject: 'ada' })).toStrictEqual(
      identity('ada', 'usr_1'),
    )
    for (const subject of ['Ada', 'ada ', 'ad', '']) {
      expect(await store.reads.findIdentity({ issuer, subject })).toBeUndefined()
    }
    const other = { issuer: `${issuer}/`, subject: 'ada' }
    expect(await store.reads.findIdentity(other)).toBeUndefined()
    await store.transact((writes) => writes.noteClaims({ issuer, subject: 'ada' }, 7))
    expect((await store.reads.findIdentity({ issuer, subject: 'ada' }))?.claimedAt).toBe(7)
  })

  it('are one a pair: a second one is refused', async () => {
    const store = await open()
    await store.transact(async (writes) => {
      await writes.insertPerson(person('usr_1'))
      await writes.insertPerson(person('usr_2'))
      await writes.insertIdentity(identity('ada', 'usr_1'))
    })
    const second = store.transact((writes) => writes.insertIdentity(identity('ada', 'usr_2')))
    await expect(second).rejects.toThrow()
  })

  it('are read with all that decides about them, of one moment', async () => {
    const store = await open()
    const asked = { issuer, subject: 'ada' }
    expect(await store.reads.readIdentity(asked)).toStrictEqual({
      seq: 0,
      notBefore: null,
      person: undefined,
    })
    await store.transact(async (writes) => {
      await writes.insertPerson(person('usr_1'))
      await writes.insertIdentity(identity('ada', 'usr_1'))
      await writes.setNotBefore({ issuer, subject: 'ada', at: 9 })
      await writes.setResourceState('users/usr_1', { state: 'disabled', at: 1, by: '' })
      await writes.append(event())
    })
    const reach = { holder: 'users/usr_1', memberships: [] }
    const state = { reach, blockedBy: 'disabled' }
    expect(await store.reads.readIdentity(asked)).toStrictEqual({
      seq: 1,
      notBefore: 9,
      person: { ...state, claimedAt: null },
    })
    expect(await store.reads.readPerson('usr_1')).toStrictEqual({ seq: 1, person: state })
    expect(await store.reads.readPerson('usr_2')).toStrictEqual({ seq: 1, person: undefined })
  })

  it('count from the later time of the issuer and the subject on', async () => {
    const store = await open()
    const ada = { issuer, subject: 'ada' }
    const set = (subject: string | null, at: number | null) =>
      store.transact((writes) => writes.setNotBefore({ issuer, subject, at }))
    const read = () => store.reads.notBefore(ada)
    expect(await read()).toBeNull()
    await set('bob', 9)
    expect(await read()).toBeNull()
    await set('ada', 5)
    await set(null, 3)
    expect(await read()).toBe(5)
    await set(null, 7)
    expect(await read()).toBe(7)
    await set(null, null)
    expect(await read()).toBe(5)
    await set('ada', 4)
    expect(await read()).toBe(4)
    expect(await store.reads.notBefore({ issuer: 'https://other.example', subject: 'ada' })).toBe(
      null,
    )
  })
})
