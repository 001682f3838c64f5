// Narrow changes what a key is called and makes what it may do smaller: fewer scopes, an earlier end. Widening is a
// new key, minted by somebody who has the right.

import { isGrant, isGrantedBy } from '../scope/grants.ts'
import type { KeyChanges } from '../ports/store.ts'
import type { Actor } from './actor.ts'
import { checkTimed, endAfter } from './check-expiry.ts'
import { checkText } from './check-request.ts'
import type { KeyDeps } from './deps.ts'
import { findManaged } from './find-managed.ts'
import type { Key, Metadata } from './key.ts'
import { personOf } from './key.ts'
import type { ChangeRefused, Outcome } from './outcome.ts'
import { refused } from './outcome.ts'

export interface NarrowRequest {
  readonly id: string
  /** null removes it. */
  readonly name?: string | null | undefined
  /** Replaces the whole; null removes it. */
  readonly metadata?: Metadata | null | undefined
  readonly scopes?: readonly string[] | undefined
  /** Seconds from now. */
  readonly expiresInSeconds?: number | undefined
}

export async function narrowKey(
  deps: KeyDeps,
  actor: Actor,
  request: NarrowRequest,
): Promise<Outcome<{ readonly key: Key }>> {
  return deps.store.transact(async (writes) => {
    const { id } = request
    const managed = await findManaged(deps, writes, { actor, id, isOwnAllowed: false })
    if (!managed.ok) return managed
    const now = deps.clock.now()
    const isOwn = managed.actor.principal?.keyId === id
    const changes = planChanges(deps, managed.key, { request, now, isOwn })
    if (!changes.ok) return changes
    const names = Object.keys(changes.changes)
    if (names.length === 0) return { ok: true, key: managed.key }
    await writes.changeKey(id, changes.changes)
    await writes.append({
      type: 'key.narrowed',
      at: now,
      actor: managed.actor.text,
      keyId: id,
      resource: managed.key.resource,
      mode: managed.key.mode,
      ...personOf(managed.key),
      data: { changed: names },
    })
    return { ok: true, key: { ...managed.key, ...changes.changes } }
  })
}

function planChanges(
  deps: KeyDeps,
  key: Key,
  { request, now, isOwn }: { request: NarrowRequest; now: number; isOwn: boolean },
): { ok: true; changes: KeyChanges } | ChangeRefused {
  if (key.revokedAt !== null) {
    return refused('key_ended', 'This key is revoked and stays as it is. Mint a new one.')
  }
  if (isOwn && request.metadata !== undefined) {
    const detail = 'Metadata is what the minter says of a key. A key cannot change its own.'
    return refused('not_narrower', detail)
  }
  const text = checkText(request)
  if (!text.ok) return text
  const scopes = narrowScopes(deps, key, request.scopes)
  if (!scopes.ok) return scopes
  const expiry = narrowExpiry(deps, key, { wantedSeconds: request.expiresInSeconds, now })
  if (!expiry.ok) return expiry
  const { name, metadata } = request
  return {
    ok: true,
    changes: {
      ...(name === undefined ? {} : { name }),
      ...(metadata === undefined ? {} : { metadata }),
      ...scopes.change,
      ...expiry.change,
    },
  }
}

function narrowScopes(
  { definition }: KeyDeps,
  key: Key,
  wanted: readonly string[] | undefined,
): { ok: true; change: KeyChanges } | ChangeRefused {
  if (wanted === undefined) return { ok: true, change: {} }
  if (wanted.length === 0) {
    return refused('unknown_scope', 'A key without scopes can do nothing. Revoke it instead.')
  }
  if (!wanted.every((grant) => isGrant(grant, definition.scopes))) {
    const detail = `Use scopes of this list: ${definition.scopes.join(', ')}, noun:* or *.`
    return refused('unknown_scope', detail)
  }
  if (!isGrantedBy(wanted, key.scopes, definition.scopes)) {
    const detail = `This key has ${key.scopes.join(', ')}; it can only be given less. Mint a new key for more.`
    return refused('not_narrower', detail)
  }
  return { ok: true, change: { scopes: [...new Set(wanted)] } }
}

function narrowExpiry(
  { definition }: KeyDeps,
  key: Key,
  { wantedSeconds, now }: { wantedSeconds: number | undefined; now: number },
): { ok: true; change: KeyChanges } | ChangeRefused {
  if (wantedSeconds === undefined) return { ok: true, change: {} }
  const kind = definition.kinds.get(key.kind)
  const untimed = kind && checkTimed(kind)
  if (untimed !== undefined) return untimed
  if (!Number.isSafeInteger(wantedSeconds) || wantedSeconds < 1) {
    return refused('invalid_lifetime', 'A lifetime is a whole number of seconds, at least 1.')
  }
  const expiresAt = endAfter(now, wantedSeconds)
  if (expiresAt > (key.expiresAt ?? Date.UTC(9999, 11, 31))) {
    return refused(
      'not_narrower',
      'A key can only be made to end earlier. Mint a new one to live longer.',
    )
  }
  return { ok: true, change: { expiresAt } }
}
