import type { Actor } from './actor.ts'
import { canSee, checkActor } from './actor.ts'
import type { KeyDeps } from './deps.ts'
import { keyNotFound } from './find-managed.ts'
import type { Outcome } from './outcome.ts'
import type { SeenKey } from './seen.ts'
import { seeKeys } from './seen.ts'

/** One key, as its owner sees it. A key may always look at itself. */
export async function showKey(
  deps: KeyDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<{ readonly key: SeenKey }>> {
  const { definition, clock } = deps
  const reads = deps.store.reads
  const isOwn = actor.type === 'key' && actor.keyId === id
  const check = { definition, reads, now: clock.now() }
  const checked = await checkActor(check, actor, isOwn ? undefined : 'keys:read')
  if (!checked.ok) return checked
  const key = await reads.getKey(id)
  if (key === undefined || !canSee(checked.actor, key)) return keyNotFound()
  const { snapshot: ground } = await reads.findById(id)
  if (ground === undefined) return keyNotFound()
  const [seen] = await seeKeys(check, checked.actor, [{ key, ground }])
  return seen === undefined ? keyNotFound() : { ok: true, key: seen }
}
