import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { narrowView } from '../key/view.ts'
import type { EventType, KeyEvent } from './event.ts'

export interface ListEventsRequest {
  readonly resource?: string | undefined
  readonly keyId?: string | undefined
  readonly type?: EventType | undefined
  /** Go on after this `seq`; default 0, the beginning. */
  readonly after?: number | undefined
  /** 1 to 100, default 50. */
  readonly limit?: number | undefined
}

/** Events in commit order, those that the actor's resource and mode reach. */
export async function listEvents(
  deps: KeyDeps,
  actor: Actor,
  request: ListEventsRequest,
): Promise<Outcome<{ readonly events: readonly KeyEvent[]; readonly next: number | null }>> {
  const { definition, clock } = deps
  const reads = deps.store.reads
  const checked = await checkActor({ definition, reads, now: clock.now() }, actor, 'keys:audit')
  if (!checked.ok) return checked
  const view = narrowView(checked.actor, { resource: request.resource, scope: 'keys:audit' })
  if (!view.ok) return view
  const limit = Math.min(request.limit ?? 50, 100)
  const { person, ...below } = view.view
  const rows = await reads.listEvents({
    ...below,
    ...(person === undefined ? {} : { resource: null, person }),
    after: request.after ?? 0,
    limit: limit + 1,
    ...(request.keyId === undefined ? {} : { keyId: request.keyId }),
    ...(request.type === undefined ? {} : { type: request.type }),
  })
  const events = rows.slice(0, limit)
  return { ok: true, events, next: rows.length > limit ? (events.at(-1)?.seq ?? null) : null }
}
