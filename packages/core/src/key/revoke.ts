import type { Actor } from './actor.ts'
import type { KeyDeps } from './deps.ts'
import { findManaged } from './find-managed.ts'
import type { Key } from './key.ts'
import { personOf } from './key.ts'
import type { Outcome } from './outcome.ts'

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
    const { key } = managed
    if (key.revokedAt !== null) return { ok: true, key }
    const at = deps.clock.now()
    const by = managed.actor.text
    await writes.markRevoked(id, at, by)
    await writes.append({
      type: 'key.revoked',
      at,
      actor: by,
      keyId: id,
      resource: key.resource,
      mode: key.mode,
      ...personOf(key),
      data: {},
    })
    return { ok: true, key: { ...key, revokedAt: at, revokedBy: by } }
  })
}
