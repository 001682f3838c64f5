import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { checkPlace, checkThere } from '../membership/rights.ts'
import type { Invitation } from './invitation.ts'

/** Rows of one page. */
const PAGE_LIMIT_MAX = 100

export interface ListInvitationsRequest {
  readonly resource: string
  /** Go on after the invitation with this id. */
  readonly after?: string | undefined
  /** 1 to 100, default 50. */
  readonly limit?: number | undefined
}

/** The invitations to exactly this resource that are neither accepted nor revoked, newest first. */
export async function listInvitations(
  deps: KeyDeps,
  actor: Actor,
  request: ListInvitationsRequest,
): Promise<Outcome<{ readonly invitations: readonly Invitation[]; readonly next: string | null }>> {
  const { definition, clock } = deps
  const { reads } = deps.store
  const { resource, after } = request
  const unfit = checkPlace(definition, resource)
  if (unfit !== undefined) return unfit
  const check = { definition, reads, now: clock.now() }
  const checked = await checkActor(check, actor, 'members:read')
  if (!checked.ok) return checked
  const hidden = checkThere(checked.actor, { scope: 'members:read', resource })
  if (hidden !== undefined) return hidden
  const limit = Math.min(request.limit ?? 50, PAGE_LIMIT_MAX)
  const page = { resource, limit: limit + 1, ...(after === undefined ? {} : { before: after }) }
  const rows = await reads.listInvitations(page)
  const invitations = rows.slice(0, limit)
  const next = rows.length > limit ? (invitations.at(-1)?.id ?? null) : null
  return { ok: true, invitations, next }
}
