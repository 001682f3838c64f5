import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { narrowView } from '../key/view.ts'
import type { UsageQuery } from '../ports/store.ts'
import type { UsageRow } from './usage.ts'

export interface ReadUsageRequest {
  readonly resource?: string | undefined
  readonly keyId?: string | undefined
  /** Days in UTC, both included. */
  readonly from: string
  readonly to: string
  readonly after?: UsageQuery['after'] | undefined
  readonly limit?: number | undefined
}

/** Use by key and day. */
export async function readUsage(
  deps: KeyDeps,
  actor: Actor,
  request: ReadUsageRequest,
): Promise<
  Outcome<{ readonly rows: readonly UsageRow[]; readonly next: UsageQuery['after'] | null }>
> {
  const { definition, clock } = deps
  const reads = deps.store.reads
  const checked = await checkActor({ definition, reads, now: clock.now() }, actor, 'keys:usage')
  if (!checked.ok) return checked
  const view = narrowView(checked.actor, { resource: request.resource, scope: 'keys:usage' })
  if (!view.ok) return view
  const limit = Math.min(request.limit ?? 50, 100)
  const { resource, mode } = view.view
  const found = await reads.listUsage({
    resource,
    ...(mode === undefined ? {} : { mode }),
    from: request.from,
    to: request.to,
    limit: limit + 1,
    ...(request.keyId === undefined ? {} : { keyId: request.keyId }),
    ...(request.after === undefined ? {} : { after: request.after }),
  })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const isMore = found.length > limit && last !== undefined
  return { ok: true, rows, next: isMore ? { day: last.day, keyId: last.keyId } : null }
}
