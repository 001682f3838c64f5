// Keys of people depend on more than themselves: on the person, their roles and where these are.

import type { KeyEvent, KeySnapshot, Ledger } from '@keywright/core'
import { defineAuthority } from '@keywright/core'
import { seededRandom, TestClock } from '@keywright/core/testing'
import { generateSecret } from '@keywright/token'
import { describe, expect, it } from 'vitest'
import { eventAbout, HeldSource, snapshot, TestFeed } from '../../testing/scripted-source.ts'
import { VerifierEngine } from './verify.ts'

const definition = defineAuthority({
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: { projects: {} } },
  scopes: ['a:read'],
  roles: { owner: ['*'] },
  keys: { personal: { prefix: 'ac_pk', bound: 'users', scopes: ['*'] } },
})

const noLedger: Ledger = {
  grant: () => Promise.reject(new Error('no quota here')),
  left: () => Promise.resolve(0),
  giveBack: () => Promise.resolve(),
}

const holder = 'users/usr_1'
const project = 'organizations/o1/projects/p1'

function keyWith(...resources: string[]): KeySnapshot {
  const memberships = resources.map((resource) => ({ resource, role: 'owner', isBlocked: false }))
  return snapshot({ kind: 'personal', holder, resource: holder, reach: { holder, memberships } })
}

function removed(seq: number, person: string): KeyEvent {
  return { ...eventAbout(seq, { resource: project }), type: 'membership.removed', person }
}

function start() {
  const source = new HeldSource()
  const feed = new TestFeed()
  const clock = new TestClock()
  const engine = new VerifierEngine({ definition, source, feed, ledger: noLedger, clock })
  const credential = generateSecret('ac_pk', seededRandom(7))
  return { engine, source, feed, ask: { credential, scope: 'a:read', resource: project } }
}

describe('a key of a person', () => {
  it('is read again when a removal overtook its look-up', async () => {
    const { engine, source, feed, ask } = start()
    const verdict = engine.verify(ask)
    feed.say(removed(5, holder))
    source.answer({ seq: 4, snapshot: keyWith(project) })
    await new Promise((go) => setImmediate(go))
    source.answer({ seq: 5, snapshot: keyWith() })
    expect(await verdict).toMatchObject({ code: 'outside_resource' })
  })

  it.each([
    ['its person', removed(2, holder), 2],
    ['another person', removed(2, 'users/usr_2'), 1],
    ['the place of its role', eventAbout(2, { resource: project }), 2],
    ['a resource above that', eventAbout(2, { resource: 'organizations/o1' }), 2],
    ['a resource beside that', eventAbout(2, { resource: 'organizations/o2' }), 1],
  ])('heeds an event about %s as it should', async (_, event, reads) => {
    const { engine, source, feed, ask } = start()
    const first = engine.verify(ask)
    source.answer({ seq: 1, snapshot: keyWith(project) })
    expect(await first).toMatchObject({ allowed: true })
    feed.say(event)
    const second = engine.verify(ask)
    if (reads === 2) source.answer({ seq: 2, snapshot: keyWith() })
    const allowed = reads === 1
    expect(await second).toMatchObject({ allowed })
    expect(source.asked).toHaveLength(reads)
  })
})
