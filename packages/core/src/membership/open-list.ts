import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { ChangeRefused } from '../key/outcome.ts'
import { checkPlace, checkThere } from './rights.ts'

/** Rows of one page. */
const PAGE_LIMIT_MAX = 100

/** What is asked of a list of who belongs to a resource, or is invited to. */
export interface PlaceListRequest {
  readonly resource: string
  /** Go on after the row with this id. */
  readonly after?: string | undefined
  /** 1 to 100, default 50. */
  readonly limit?: number | undefined
}

/** Checks that the actor may see who belongs to a resource. @returns how many rows to answer, at most */
export async function openList(
  { definition, clock, store }: KeyDeps,
  actor: Actor,
  { resource, limit = 50 }: PlaceListRequest,
): Promise<{ readonly ok: true; readonly limit: number } | ChangeRefused> {
  const unfit = checkPlace(definition, resource)
  if (unfit !== undefined) return unfit
  const check = { definition, reads: store.reads, now: clock.now() }
  const checked = await checkActor(check, actor, 'members:read')
  if (!checked.ok) return checked
  const hidden = checkThere(checked.actor, { scope: 'members:read', resource })
  return hidden ?? { ok: true, limit: Math.min(limit, PAGE_LIMIT_MAX) }
}
