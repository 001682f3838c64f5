// People by what they are known at an issuer: found again, made once, never mixed up.

import { StoreUnavailable } from 'keywright'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../world/open-world.ts'
import { good, openLab } from './lab.ts'

const ada = { issuer: 'https://auth.lab.example', subject: 'auth0|ada', name: 'Ada' }

describe('joining an identity', () => {
  it('makes the person the first time and finds the same one later', async () => {
    const { authority } = await openLab()
    const first = await good(authority.people.join({ ...ada, email: 'ada@lab.example' }))
    expect(first.isNew).toBe(true)
    expect(first.person).toMatchObject({ name: 'Ada', email: 'ada@lab.example' })
    expect(first.person.isEmailVerified).toBe(false)
    const again = await good(authority.people.join({ ...ada, name: 'Somebody else' }))
    expect(again).toStrictEqual({ ok: true, person: first.person, isNew: false })
    const { issuer, subject } = ada
    const found = await good(authority.people.find({ issuer, subject }))
    expect(found.person).toStrictEqual(first.person)
  })

  it('makes one person of 50 calls at once, with one event of each kind', async () => {
    const { authority, world } = await openLab()
    const calls = Array.from({ length: 50 }, () => good(authority.people.join(ada)))
    const joined = await Promise.all(calls)
    expect(new Set(joined.map(({ person }) => person.id)).size).toBe(1)
    expect(joined.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(world.rows('select id from persons')).toHaveLength(1)
    const { events } = await good(authority.events.list())
    expect(events.map(({ type }) => type)).toStrictEqual(['person.added', 'identity.joined'])
    expect(events[1]?.data).toStrictEqual({ issuer: ada.issuer, subject: ada.subject })
  })

  it('is by issuer and subject, whatever e-mail address is told with it (row 32)', async () => {
    const { authority } = await openLab()
    const told = { email: 'ada@lab.example', isEmailVerified: true }
    const { person } = await good(authority.people.join({ ...ada, ...told }))
    const others = [
      { ...ada, issuer: 'https://other.example', ...told },
      { ...ada, subject: 'auth0|eve', ...told },
      { ...ada, subject: 'AUTH0|ADA', ...told },
    ]
    for (const other of others) {
      const joined = await good(authority.people.join(other))
      expect(joined.isNew).toBe(true)
      expect(joined.person.id).not.toBe(person.id)
    }
  })

  it('does not take the end of an issuer for the beginning of a subject (row 3)', async () => {
    const { authority } = await openLab()
    const one = await good(authority.people.join({ issuer: 'urn:a', subject: 'bc', name: 'One' }))
    const two = await good(authority.people.join({ issuer: 'urn:ab', subject: 'c', name: 'Two' }))
    expect(one.person.id).not.toBe(two.person.id)
  })

  it('refuses texts that name nobody, and makes nothing', async () => {
    const { authority, world } = await openLab()
    const { people } = authority
    const unfit = [
      { issuer: '' },
      { subject: '' },
      { subject: 'a\nb' },
      { subject: 'x'.repeat(256) },
    ]
    for (const change of unfit) {
      expect(await codeOf(people.join({ ...ada, ...change }))).toBe('invalid_identity')
    }
    expect(await codeOf(people.join({ ...ada, name: '' }))).toBe('invalid_name')
    expect(await codeOf(people.join({ ...ada, email: 'nowhere' }))).toBe('invalid_email')
    expect(world.rows('select * from persons')).toStrictEqual([])
  })

  it('survives a restart', async () => {
    const lab = await openLab()
    const { person } = await good(lab.authority.people.join(ada))
    await lab.world.reopen()
    const again = await good(lab.authority.people.join(ada))
    expect(again).toStrictEqual({ ok: true, person, isNew: false })
  })

  it('fails as unavailable when nothing can be written', async () => {
    const { authority } = await openLab()
    await authority.close()
    await expect(authority.people.join(ada)).rejects.toThrow(StoreUnavailable)
  })
})

describe('finding an identity', () => {
  it('makes nobody', async () => {
    const { authority, world } = await openLab()
    const { issuer, subject } = ada
    expect(await codeOf(authority.people.find({ issuer, subject }))).toBe('person_not_found')
    expect(world.rows('select * from persons')).toStrictEqual([])
  })

  it('is for the product alone: no other desk has the verb', async () => {
    const { authority } = await openLab()
    const { person } = await good(authority.people.join(ada))
    expect(Object.keys(authority.asPerson(person.id).people)).toEqual(['show', 'rename'])
  })
})
