// The verdict (DESIGN 2, sentence 2): genuine and current, and scopes, and resource; for every combination of terms.

import { describe, expect, it } from 'vitest'
import { fc, test as property } from '../../testing/property.ts'
import { defineAuthority } from '../definition/define.ts'
import type { KeySnapshot } from '../key/key.ts'
import { covers } from '../resource/covers.ts'
import { decide, permits, principalOf } from './decide.ts'
import type { KeyFacts } from './facts.ts'
import { factsOf } from './facts.ts'

const definition = defineAuthority({
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: { agents: {} } },
  scopes: ['a:read', 'a:write', 'b:read'],
  modes: ['live', 'test'],
  keys: { org: { prefix: 'ac', bound: 'organizations', scopes: ['a:*', 'b:read'] } },
})

const NOW = Date.parse('2026-11-21T05:00:00Z')

function facts(changes: Partial<KeySnapshot> = {}): KeyFacts {
  const snapshot: KeySnapshot = {
    id: 'key_1',
    kind: 'org',
    holder: 'organizations/o1',
    resource: 'organizations/o1',
    mode: 'live',
    scopes: ['*'],
    metadata: null,
    expiresAt: null,
    revokedAt: null,
    secretEndsAt: null,
    line: [],
    blockedBy: null,
    ...changes,
  }
  return factsOf(definition, { snapshot, seq: 1 }, (_, make) => make()) as KeyFacts
}

const ancestor = { id: 'key_0', scopes: ['*'], expiresAt: null, revokedAt: null }

describe('a key that stands', () => {
  it('may do what is within its scopes, resource and mode', () => {
    const ask = { scope: 'a:read', resource: 'organizations/o1/agents/x', mode: 'live' }
    expect(decide(facts(), ask, NOW)).toBeUndefined()
  })

  it.each([
    ['a scope it lacks', { scope: 'keys:read' }, 'insufficient_scope'],
    ['a resource beside its own', { resource: 'organizations/o2' }, 'outside_resource'],
    ['a resource that only begins alike', { resource: 'organizations/o10' }, 'outside_resource'],
    [
      'its own of what it does not have',
      { resource: 'organizations/-/agents/-' },
      'outside_resource',
    ],
    ['data of another mode', { mode: 'test' }, 'wrong_mode'],
  ])('may not reach %s', (_, ask, code) => {
    expect(decide(facts(), ask, NOW)).toMatchObject({ allowed: false, code, keyId: 'key_1' })
  })
})

describe('a key no longer stands', () => {
  it.each([
    ['when it is revoked', { revokedAt: 1 }, 'key_revoked'],
    [
      'when a key above it is revoked',
      { line: [ancestor, { ...ancestor, revokedAt: 1 }] },
      'key_revoked',
    ],
    ['from its expiry on', { expiresAt: NOW }, 'key_expired'],
    [
      'from the expiry of a key above it on',
      { line: [{ ...ancestor, expiresAt: NOW }] },
      'key_expired',
    ],
    ['when its secret was replaced', { secretEndsAt: NOW }, 'key_rotated'],
    [
      'past its expiry, whatever overlap was chosen',
      { expiresAt: NOW, secretEndsAt: NOW + 9000 },
      'key_expired',
    ],
    [
      'under a disabled resource',
      { blockedBy: { resource: 'organizations/o1', state: 'disabled' as const } },
      'resource_disabled',
    ],
    [
      'under an ended resource',
      { blockedBy: { resource: 'organizations/o1', state: 'ended' as const } },
      'resource_ended',
    ],
  ])('%s', (_, changes, code) => {
    expect(decide(facts(changes), {}, NOW)).toMatchObject({ allowed: false, code })
  })

  it('and a moment before its end it still does', () => {
    expect(decide(facts({ expiresAt: NOW + 1000 }), {}, NOW + 999)).toBeUndefined()
  })
})

describe('what a key has', () => {
  it('is cut to what its kind and every key above it have now', () => {
    const line = [
      { ...ancestor, scopes: ['a:*'] },
      { ...ancestor, scopes: ['a:read', 'b:read'] },
    ]
    expect(principalOf(facts({ line })).scopes).toEqual(['a:read'])
  })

  it('is nothing when the definition no longer knows its kind or mode', () => {
    const snapshot = { kind: 'gone' }
    expect(facts(snapshot)).toBeUndefined()
    expect(facts({ mode: 'staging' })).toBeUndefined()
  })

  const resource = fc.constantFrom(
    'organizations/o1',
    'organizations/o1/agents/x',
    'organizations/o2',
    'organizations/-',
  )
  const scope = fc.constantFrom(...definition.scopes)

  property([scope, resource], 'is answered alike with and without its secret', (wanted, at) => {
    const key = facts({ scopes: ['a:read'] })
    const ask = { scope: wanted, resource: at, mode: 'live' }
    expect(permits(principalOf(key), ask)?.code).toBe(decide(key, ask, NOW)?.code)
    const isMeant = wanted === 'a:read' && (at.endsWith('-') || covers('organizations/o1', at))
    expect(decide(key, ask, NOW) === undefined).toBe(isMeant)
  })
})
