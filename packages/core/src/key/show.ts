import type { Actor } from './actor.ts'
import { canSee, checkActor } from './actor.ts'
import type { KeyDeps } from './deps.ts'
import { keyNotFound } from './find-managed.ts'
import type { Key } from './key.ts'
import type { Outcome } from './outcome.ts'

/** One key, as its owner sees it. A key may always look at itself. */
export async function showKey(
  deps: KeyDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<{ readonly key: Key }>> {
  const { definition, clock } = deps
  const reads = deps.store.reads
  const isOwn = actor.type === 'key' && actor.keyId === id
  const check = { definition, reads, now: clock.now() }
  const checked = await checkActor(check, actor, isOwn ? undefined : 'keys:read')
  if (!checked.ok) return checked
  const key = await reads.getKey(id)
  return key !== undefined && canSee(checked.actor, key) ? { ok: true, key } : keyNotFound()
}
