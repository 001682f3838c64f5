import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import { PAGE_LIMIT_MAX } from '../key/list.ts'
import type { Outcome } from '../key/outcome.ts'
import type { Pickup } from './pickup.ts'

export interface ListPickupsRequest {
  /** Go on after this id. */
  readonly after?: string | undefined
  /** 1 to 100, default 50. */
  readonly limit?: number | undefined
}

/** Pick-ups that one page looks at, at most: those that are over are kept for a day. */
const VISITED_MAX = 2000

/**
 * The caller's own that wait to be picked up, newest first; all of them for an operator. A page can be short or empty with
 * more to come: only a `next` of null is the end.
 */
export async function listPickups(
  { definition, clock, store }: KeyDeps,
  actor: Actor,
  request: ListPickupsRequest,
): Promise<Outcome<{ readonly pickups: readonly Pickup[]; readonly next: string | null }>> {
  const { reads } = store
  const now = clock.now()
  const checked = await checkActor({ definition, reads, now }, actor, 'keys:write')
  if (!checked.ok) return checked
  const { principal, text } = checked.actor
  const limit = Math.min(request.limit ?? 50, PAGE_LIMIT_MAX)
  const { pickups: rows, visitedTo } = await reads.listPickups({
    ...(principal === null ? {} : { createdBy: text }),
    ...(request.after === undefined ? {} : { before: request.after }),
    now,
    limit: limit + 1,
    visitMax: VISITED_MAX,
  })
  const pickups = rows.slice(0, limit)
  return { ok: true, pickups, next: rows.length > limit ? (pickups.at(-1)?.id ?? null) : visitedTo }
}
