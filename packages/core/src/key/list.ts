import type { StandingName } from '../decide/name-standing.ts'
import { nameStanding } from '../decide/name-standing.ts'
import type { KeyQuery } from '../ports/store.ts'
import type { Actor } from './actor.ts'
import { checkActor } from './actor.ts'
import type { KeyDeps } from './deps.ts'
import type { GroundedKey } from './key.ts'
import type { Outcome } from './outcome.ts'
import { refused } from './outcome.ts'
import type { SeenKey } from './seen.ts'
import { seeKeys } from './seen.ts'
import { narrowView } from './view.ts'

/** Rows of one page. */
export const PAGE_LIMIT_MAX = 100

/** Keys that one page looks at, at most; reading so many takes a few milliseconds. */
const VISITED_MAX = 2000

export interface ListRequest {
  /**
   * This resource and everything below; default: all that the actor's key covers, or for a person their own keys,
   * wherever they are bound.
   */
  readonly resource?: string | undefined
  readonly kind?: string | undefined
  readonly standing?: StandingName | undefined
  /** Go on after the key with this id. */
  readonly after?: string | undefined
  /** 1 to 100, default 50. */
  readonly limit?: number | undefined
}

/**
 * A page of keys, newest first, revoked ones included. `next` is the id to go on after. A filter that fits few keys can
 * leave a page short or empty with more to come: only a `next` of null is the end.
 */
export async function listKeys(
  deps: KeyDeps,
  actor: Actor,
  request: ListRequest,
): Promise<Outcome<{ readonly keys: readonly SeenKey[]; readonly next: string | null }>> {
  const { definition, clock } = deps
  const reads = deps.store.reads
  const now = clock.now()
  const check = { definition, reads, now }
  const checked = await checkActor(check, actor, 'keys:read')
  if (!checked.ok) return checked
  const view = narrowView(checked.actor, { resource: request.resource, scope: 'keys:read' })
  if (!view.ok) return view
  if (request.kind !== undefined && !definition.kinds.has(request.kind)) {
    const known = [...definition.kinds.keys()].join(', ')
    return refused('unknown_kind', `No kind of key is called that. Use one of ${known}.`)
  }
  const { standing } = request
  const limit = Math.min(request.limit ?? 50, PAGE_LIMIT_MAX)
  const { person, ...below } = view.view
  const query: KeyQuery = {
    ...below,
    ...(person === undefined ? {} : { resource: null, holder: person }),
    now,
    limit: limit + 1,
    ...(request.kind === undefined ? {} : { kind: request.kind }),
    ...(standing === undefined ? {} : { standing }),
    ...(request.after === undefined ? {} : { before: request.after }),
  }
  const fits = (each: GroundedKey): boolean =>
    standing === undefined || nameStanding(definition, each, now).standing === standing
  const { keys: rows, visitedTo } = await reads.pageKeys(query, { visitMax: VISITED_MAX, fits })
  const keys = await seeKeys(check, checked.actor, rows.slice(0, limit))
  return { ok: true, keys, next: rows.length > limit ? (keys.at(-1)?.id ?? null) : visitedTo }
}
