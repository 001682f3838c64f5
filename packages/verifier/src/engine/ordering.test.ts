// The ordering rule: a slow cache fill never overtakes a revocation (row 84), and one event reaches every entry that
// it concerns (row 92).

import { defineAuthority } from '@keywright/core'
import type { Ledger } from '@keywright/core'
import { fc, property, seededRandom, TestClock } from '@keywright/core/testing'
import { generateSecret } from '@keywright/token'
import { describe, expect, it } from 'vitest'
import { eventAbout, HeldSource, snapshot, TestFeed } from '../../testing/scripted-source.ts'
import { VerifierEngine } from './verify.ts'

const definition = defineAuthority({
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: { agents: {} } },
  scopes: ['a:read'],
  keys: { org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] } },
})

const noLedger: Ledger = {
  grant: () => Promise.reject(new Error('no quota here')),
  left: () => Promise.resolve(0),
  giveBack: () => Promise.resolve(),
}

function start(): {
  engine: VerifierEngine
  source: HeldSource
  feed: TestFeed
  clock: TestClock
  secret: string
} {
  const source = new HeldSource()
  const feed = new TestFeed()
  const clock = new TestClock()
  const engine = new VerifierEngine({ definition, source, feed, ledger: noLedger, clock })
  return { engine, source, feed, clock, secret: generateSecret('ac_sk', seededRandom(7)) }
}

const revoked = snapshot({ revokedAt: 1 })

/** Lets everything that can go on go on. */
const settle = (): Promise<void> => new Promise((done) => setImmediate(done))

describe('a slow look-up that a revocation overtook', () => {
  it('is read again, and the newer answer counts', async () => {
    const { engine, source, feed, secret } = start()
    const verdict = engine.verify({ credential: secret })
    feed.say(eventAbout(5, { keyId: 'key_1' }))
    source.answer({ seq: 4, snapshot: snapshot() })
    await settle()
    source.answer({ seq: 5, snapshot: revoked })
    expect(await verdict).toMatchObject({ allowed: false, code: 'key_revoked' })
    expect(await engine.verify({ credential: secret })).toMatchObject({ code: 'key_revoked' })
    expect(source.asked).toHaveLength(2)
  })

  it('is never stored, also when an old read is shared by a call that began after the revocation', async () => {
    const { engine, source, feed, secret } = start()
    const before = engine.verify({ credential: secret })
    feed.say(eventAbout(5, { keyId: 'key_1' }))
    const after = engine.verify({ credential: secret })
    source.answer({ seq: 4, snapshot: snapshot() })
    await settle()
    source.answer({ seq: 5, snapshot: revoked })
    await settle()
    expect(await after).toMatchObject({ code: 'key_revoked' })
    expect(await before).toMatchObject({ code: 'key_revoked' })
  })
})

describe('an event ends the cached answers', () => {
  async function cached(found: ReturnType<typeof snapshot>): Promise<ReturnType<typeof start>> {
    const started = start()
    const verdict = started.engine.verify({ credential: started.secret })
    started.source.answer({ seq: 1, snapshot: found })
    expect(await verdict).toMatchObject({ allowed: true })
    return started
  }

  it.each([
    ['of its key', { keyId: 'key_1' }],
    ['of a key above it', { keyId: 'key_0' }],
    ['of its resource', { resource: 'organizations/org_1/agents/a' }],
    ['of a resource above it', { resource: 'organizations/org_1' }],
  ])('%s', async (_, about) => {
    const line = [{ id: 'key_0', scopes: ['*'], expiresAt: null, revokedAt: null }]
    const resource = 'organizations/org_1/agents/a'
    const { engine, source, feed, secret } = await cached(snapshot({ line, resource }))
    feed.say(eventAbout(2, about))
    const verdict = engine.verify({ credential: secret })
    source.answer({ seq: 2, snapshot: revoked })
    expect(await verdict).toMatchObject({ allowed: false })
  })

  it('and leaves the answers of others in memory', async () => {
    const { engine, source, feed, secret } = await cached(snapshot())
    feed.say(eventAbout(2, { keyId: 'key_9' }), eventAbout(3, { resource: 'organizations/org_10' }))
    expect(await engine.verify({ credential: secret })).toMatchObject({ allowed: true })
    expect(source.asked).toHaveLength(1)
  })
})

describe('look-ups', () => {
  it('of one secret at once are one read', async () => {
    const { engine, source, secret } = start()
    const verdicts = Array.from({ length: 20 }, () => engine.verify({ credential: secret }))
    source.answer({ seq: 1, snapshot: snapshot() })
    for (const verdict of verdicts) expect(await verdict).toMatchObject({ allowed: true })
    expect(source.asked).toHaveLength(1)
  })

  it('of an unknown secret are not repeated for two seconds, and not longer', async () => {
    const { engine, source, clock, secret } = start()
    const first = engine.verify({ credential: secret })
    source.answer({ seq: 1, snapshot: undefined })
    expect(await first).toMatchObject({ code: 'invalid_key' })
    clock.advance(1999)
    await engine.verify({ credential: secret })
    expect(source.asked).toHaveLength(1)
    clock.advance(1)
    const again = engine.verify({ credential: secret })
    source.answer({ seq: 1, snapshot: snapshot() })
    expect(await again).toMatchObject({ allowed: true })
  })

  it('that fail are answered 503-like, never yes and never no', async () => {
    const { engine, source, secret } = start()
    const verdict = engine.verify({ credential: secret })
    source.fail(new Error('the disk is gone'))
    expect(await verdict).toMatchObject({ allowed: false, code: 'unavailable' })
  })

  property(
    [fc.string({ maxLength: 200 })],
    'are never made for text that is no secret (row 6)',
    async (text) => {
      const { engine, source } = start()
      expect(await engine.verify({ credential: text })).toMatchObject({ code: 'invalid_key' })
      expect(source.asked).toHaveLength(0)
    },
  )
})
