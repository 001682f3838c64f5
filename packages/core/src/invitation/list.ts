import type { Actor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import type { PlaceListRequest } from '../membership/open-list.ts'
import { openList } from '../membership/open-list.ts'
import type { Invitation } from './invitation.ts'

/** `after` is the id of an invitation. */
export type ListInvitationsRequest = PlaceListRequest

/** The invitations to exactly this resource that are neither accepted nor revoked, newest first. */
export async function listInvitations(
  deps: KeyDeps,
  actor: Actor,
  request: ListInvitationsRequest,
): Promise<Outcome<{ readonly invitations: readonly Invitation[]; readonly next: string | null }>> {
  const opened = await openList(deps, actor, request)
  if (!opened.ok) return opened
  const { limit } = opened
  const { resource, after } = request
  const page = { resource, limit: limit + 1, ...(after === undefined ? {} : { before: after }) }
  const rows = await deps.store.reads.listInvitations(page)
  const invitations = rows.slice(0, limit)
  const next = rows.length > limit ? (invitations.at(-1)?.id ?? null) : null
  return { ok: true, invitations, next }
}
