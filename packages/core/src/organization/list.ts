import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import type { Organization } from './organization.ts'
import { organizationsOf } from './reached.ts'

/** Rows of one page. */
const PAGE_LIMIT_MAX = 100

export interface ListOrganizationsRequest {
  /** Go on after the organization with this id. */
  readonly after?: string | undefined
  /** 1 to 100, default 50. */
  readonly limit?: number | undefined
}

/**
 * The organizations that the actor is in, in the order of their ids: where its person has a role, and the one that its
 * key is bound to or within. An operator sees all.
 */
export async function listOrganizations(
  deps: KeyDeps,
  actor: Actor,
  request: ListOrganizationsRequest,
): Promise<
  Outcome<{ readonly organizations: readonly Organization[]; readonly next: string | null }>
> {
  const { reads } = deps.store
  const check = { definition: deps.definition, reads, now: deps.clock.now() }
  const checked = await checkActor(check, actor, undefined)
  if (!checked.ok) return checked
  const { principal } = checked.actor
  const { after } = request
  const limit = Math.min(request.limit ?? 50, PAGE_LIMIT_MAX)
  const rows = await reads.listOrganizations({
    ...(principal === null ? {} : { ids: [...organizationsOf(principal).keys()] }),
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  })
  const organizations = rows.slice(0, limit)
  const next = rows.length > limit ? (organizations.at(-1)?.id ?? null) : null
  return { ok: true, organizations, next }
}
