import { OWNER } from '../definition/check-roles.ts'
import type { Actor } from '../key/actor.ts'
import { checkActor, personNotFound } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import { newId } from '../key/id.ts'
import type { ChangeRefused, Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { checkFew, writeMembership } from '../membership/grant.ts'
import { checkOwn, personActing } from '../membership/own.ts'
import { checkPlace } from '../membership/rights.ts'
import { checkLabels, checkSlugFree } from './labels.ts'
import type { Organization } from './organization.ts'
import { organizationResource } from './organization.ts'

export interface CreateOrganizationRequest {
  readonly slug: string
  readonly name: string
  /** The first owner's id; default: the person who creates it. */
  readonly ownerId?: string | undefined
}

/** Makes an organization and its creator owner, together. */
export async function createOrganization(
  deps: KeyDeps,
  actor: Actor,
  request: CreateOrganizationRequest,
): Promise<Outcome<{ readonly organization: Organization }>> {
  const { definition, random } = deps
  const now = deps.clock.now()
  const { slug, name } = request
  const id = newId('org', now, random)
  const resource = organizationResource(id)
  const unfit = checkPlace(definition, resource) ?? checkLabels(request)
  if (unfit !== undefined) return unfit
  return deps.store.transact(async (writes) => {
    const checked = await checkActor({ definition, reads: writes, now }, actor, undefined)
    if (!checked.ok) return checked
    const { principal } = checked.actor
    const person = personActing(checked.actor)
    const owner = request.ownerId ?? person
    if (principal !== null && (person === undefined || owner !== person)) return notTheirs()
    const lacking = checkOwn(definition, actor, checked.actor)
    if (lacking !== undefined) return lacking
    if (owner === undefined || (await writes.getPerson(owner)) === undefined) {
      return personNotFound()
    }
    const unfree = (await checkFew(writes, owner)) ?? (await checkSlugFree(writes, slug))
    if (unfree !== undefined) return unfree
    const organization = { id, slug, name, namedBy: checked.actor.text, createdAt: now }
    await writes.insertOrganization(organization)
    await writes.append({
      type: 'organization.created',
      at: now,
      actor: checked.actor.text,
      keyId: null,
      resource,
      mode: null,
      data: { slug },
    })
    const role = { personId: owner, resource, role: OWNER }
    await writeMembership(writes, role, { actor: checked.actor, now })
    return { ok: true, organization }
  })
}

function notTheirs(): ChangeRefused {
  return refused('outside_resource', 'A person makes organizations, and for themself only.')
}
