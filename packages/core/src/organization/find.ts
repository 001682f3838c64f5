import { scopesAt } from '../decide/reach.ts'
import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { ChangeRefused, Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import type { Organization } from './organization.ts'
import { organizationResource } from './organization.ts'

/** By slug or by id. One that the actor has nothing to do with is answered like one that is not there. */
export async function findOrganization(
  deps: KeyDeps,
  actor: Actor,
  by: { readonly slug: string } | { readonly id: string },
): Promise<Outcome<{ readonly organization: Organization }>> {
  const { definition, clock } = deps
  const { reads } = deps.store
  const check = { definition, reads, now: clock.now() }
  const checked = await checkActor(check, actor, undefined)
  if (!checked.ok) return checked
  const { principal } = checked.actor
  const organization =
    'slug' in by ? await reads.findOrganization(by.slug) : await reads.getOrganization(by.id)
  const isSeen =
    organization !== undefined &&
    (principal === null || scopesAt(principal, organizationResource(organization.id)).length > 0)
  return isSeen ? { ok: true, organization } : organizationNotFound()
}

/** The one answer for an organization that is absent and for one the actor has nothing to do with. */
export function organizationNotFound(): ChangeRefused {
  return refused('organization_not_found', 'No such organization. Check its slug or id.')
}
