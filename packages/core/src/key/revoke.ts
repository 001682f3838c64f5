import type { Actor } from './actor.ts'
import type { KeyDeps } from './deps.ts'
import { findManaged } from './find-managed.ts'
import type { Key } from './key.ts'
import { personOf } from './key.ts'
import type { Outcome } from './outcome.ts'
import type { Writes } from '../ports/store.ts'

/**
 * Revokes a key and with it every key minted below it, at once. Revoking again changes nothing and is no error.
 * A holder may always revoke its own key: whoever finds a leaked secret can end it.
 */
export async function revokeKey(
  deps: KeyDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<{ readonly key: Key }>> {
  return deps.store.transact(async (writes) => {
    const managed = await findManaged(deps, writes, { actor, id, isOwnAllowed: true })
    if (!managed.ok) return managed
    const { key, actor: by } = managed
    return { ok: true, key: await revokeWithin(writes, key, { by: by.text, at: deps.clock.now() }) }
  })
}

/** Revokes in the caller's transaction, which has checked who may. */
export async function revokeWithin(
  writes: Writes,
  key: Key,
  { by, at }: { readonly by: string; readonly at: number },
): Promise<Key> {
  if (key.revokedAt !== null) return key
  await writes.markRevoked(key.id, at, by)
  await writes.append({
    type: 'key.revoked',
    at,
    actor: by,
    keyId: key.id,
    resource: key.resource,
    mode: key.mode,
    ...personOf(key),
    data: {},
  })
  return { ...key, revokedAt: at, revokedBy: by }
}
