// Rows for tests: plain defaults, numbered ids, everything that matters named by the test itself.

import type { Key, NewEvent, NewKey } from '@keywright/core'

/** The moment at which test keys are made. */
export const TEST_TIME = Date.UTC(2026, 10, 21, 12)

/** Not a secret: it opens test databases only. */
export const testRootKey: Uint8Array = new Uint8Array(32).fill(7)

let count = 0

/** Ids in the order in which they were asked for, as a running system makes them. */
export function keyId(): string {
  count += 1
  return `key_${String(count).padStart(20, '0')}`
}

/** `randomId` for a store whose names are known beforehand: `epoch-1`, `epoch-2` … */
export function sequentialIds(prefix = 'epoch'): () => string {
  let next = 0
  return () => {
    next += 1
    return `${prefix}-${next}`
  }
}

/** A key as it is read back after `insertKey`. */
export function keyRow(overrides: Partial<Key> = {}): Key {
  const resource = overrides.resource ?? 'organizations/org_1'
  return {
    id: keyId(),
    kind: 'org',
    holder: resource,
    resource,
    mode: null,
    scopes: ['*'],
    name: null,
    metadata: null,
    start: 'kw_abcd',
    parentId: null,
    createdAt: TEST_TIME,
    createdBy: 'operator:test',
    expiresAt: null,
    revokedAt: null,
    revokedBy: null,
    rotatedAt: null,
    lastUsedAt: null,
    ...overrides,
  }
}

/** A key to insert; its digest is `digest of <id>` unless named. */
export function newKey(
  overrides: Partial<Key> & { readonly digest?: string; readonly slot?: string } = {},
): NewKey {
  const { digest, slot, ...columns } = overrides
  const { revokedAt: _, revokedBy: __, rotatedAt: ___, lastUsedAt: ____, ...key } = keyRow(columns)
  return { key, digest: digest ?? `digest of ${key.id}`, slot: slot ?? null }
}

export function event(overrides: Partial<NewEvent> = {}): NewEvent {
  return {
    type: 'key.minted',
    at: TEST_TIME,
    actor: 'operator:test',
    keyId: null,
    resource: 'organizations/org_1',
    mode: null,
    data: {},
    ...overrides,
  }
}
