import { scopesAt } from '../decide/reach.ts'
import type { Actor, ActorNow } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { checkGiving } from '../membership/rights.ts'
import { organizationNotFound } from './find.ts'
import { checkLabels, checkSlugFree } from './labels.ts'
import type { Organization } from './organization.ts'
import { organizationResource } from './organization.ts'

export interface ChangeOrganizationRequest {
  readonly id: string
  readonly slug?: string | undefined
  readonly name?: string | undefined
}

/**
 * Gives an organization another slug or name. It takes `members:write` there, as deciding about its members does, and
 * a former slug is free for others at once.
 */
export async function changeOrganization(
  deps: KeyDeps,
  actor: Actor,
  request: ChangeOrganizationRequest,
): Promise<Outcome<{ readonly organization: Organization }>> {
  const { definition } = deps
  const { id } = request
  const unfit = checkLabels(request)
  if (unfit !== undefined) return unfit
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkActor({ definition, reads: writes, now }, actor, undefined)
    if (!checked.ok) return checked
    const resource = organizationResource(id)
    const { principal } = checked.actor
    const isSeen = principal === null || scopesAt(principal, resource).length > 0
    const before = isSeen ? await writes.getOrganization(id) : undefined
    if (before === undefined) return organizationNotFound()
    const lacking = checkGiving(definition, checked.actor, { resource, roles: [] })
    if (lacking !== undefined) return lacking
    const organization = changed(before, request, checked.actor)
    const { slug } = organization
    if (isSame(before, organization)) return { ok: true, organization: before }
    const taken = slug === before.slug ? undefined : await checkSlugFree(writes, slug)
    if (taken !== undefined) return taken
    await writes.changeOrganization(organization)
    await writes.append({
      type: 'organization.changed',
      at: now,
      actor: checked.actor.text,
      keyId: null,
      resource,
      mode: null,
      data: { slug, ...(slug === before.slug ? {} : { previous_slug: before.slug }) },
    })
    return { ok: true, organization }
  })
}

// A slug that the product gives once more is its own from then on, whoever chose it first.
function changed(
  before: Organization,
  { slug, name = before.name }: ChangeOrganizationRequest,
  { principal, text }: ActorNow,
): Organization {
  const isNamed = slug !== undefined && (slug !== before.slug || principal === null)
  return isNamed ? { ...before, slug, name, namedBy: text } : { ...before, name }
}

function isSame(one: Organization, other: Organization): boolean {
  return one.slug === other.slug && one.name === other.name && one.namedBy === other.namedBy
}
