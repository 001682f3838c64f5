import { OWNER } from '../definition/check-roles.ts'
import type { Actor, ActorNow } from '../key/actor.ts'
import { checkActor, personNotFound } from '../key/actor.ts'
import { checkText } from '../key/check-request.ts'
import type { KeyDeps } from '../key/deps.ts'
import { newId } from '../key/id.ts'
import type { ChangeRefused, Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { writeMembership } from '../membership/grant.ts'
import { checkPlace, checkThere } from '../membership/rights.ts'
import { personIdOf } from '../person/person.ts'
import type { Organization } from './organization.ts'
import { ORGANIZATIONS } from './organization.ts'

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
  const resource = `${ORGANIZATIONS}/${id}`
  const unfit = checkPlace(definition, resource) ?? checkLabels(request)
  if (unfit !== undefined) return unfit
  return deps.store.transact(async (writes) => {
    const checked = await checkActor({ definition, reads: writes, now }, actor, undefined)
    if (!checked.ok) return checked
    const owner = ownerOf(checked.actor, request.ownerId)
    if (typeof owner !== 'string') return owner
    if ((await writes.getPerson(owner)) === undefined) return personNotFound()
    if ((await writes.findOrganization(slug)) !== undefined) {
      return refused('slug_taken', `Another organization is called ${slug}. Choose another slug.`)
    }
    const organization = { id, slug, name, createdAt: now }
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

function checkLabels({ slug, name }: CreateOrganizationRequest): ChangeRefused | undefined {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(slug)) {
    const detail = 'A slug has 1 to 63 lower-case letters, digits and inner hyphens.'
    return refused('invalid_slug', detail)
  }
  const text = checkText({ name })
  return text.ok ? undefined : text
}

function ownerOf(
  { principal, ...actor }: ActorNow,
  wanted: string | undefined,
): string | ChangeRefused {
  if (principal === null) return wanted ?? personNotFound()
  const space = principal.reach?.holder
  if (space === undefined || (wanted !== undefined && wanted !== personIdOf(space))) {
    return refused('outside_resource', 'A person makes organizations, and for themself only.')
  }
  const scope = 'members:write'
  return checkThere({ ...actor, principal }, { scope, resource: space }) ?? personIdOf(space)
}
