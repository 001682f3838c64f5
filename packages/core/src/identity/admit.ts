// A token of an issuer comes in: whoever it is of becomes a person where the definition says so, and what its claims say of
// an organization is written as a membership. Keys that the person mints carry that membership, and people see it among
// the others, as they would not if it lived as long as a token. For the one membership that the issuer gave, its newest
// token is the truth; roles that people gave are theirs.

import type { Issuer } from '../issuer/issuer.ts'
import { issuerName } from '../issuer/issuer.ts'
import { isTooOld } from '../issuer/too-old.ts'
import { NAME_LENGTH_MAX } from '../key/check-request.ts'
import { actorOf } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import { checkLastOwner } from '../membership/last-owner.ts'
import type { Membership } from '../membership/membership.ts'
import { organizationResource } from '../organization/organization.ts'
import { checkPerson } from '../person/add.ts'
import { spaceOf } from '../person/person.ts'
import type { Writes } from '../ports/store.ts'
import type { Identity } from './identity.ts'
import { writeJoined } from './join.ts'

/** What a genuine token says of who it is of. */
export interface TokenSays extends Identity {
  /** Its `iat`, epoch milliseconds. */
  readonly issuedAt: number
  /** Its `name`, where it has one. */
  readonly name: string | undefined
  /** What the claims hold that the definition maps; undefined where the token does not say. */
  readonly organization: string | undefined
  readonly role: string | undefined
}

/** Whether something is to be written before a token is decided about. */
export function isDue(
  { people, claims }: Issuer,
  says: TokenSays,
  known: { readonly claimedAt: number | null } | undefined,
): boolean {
  if (known === undefined) return people === 'join'
  return claims !== undefined && isNewer(says, known.claimedAt)
}

/** Writes what a token asks for: the person, their membership. Any number of calls at once write it once. */
export async function admitToken(deps: KeyDeps, says: TokenSays): Promise<void> {
  const issuer = deps.definition.issuers.get(says.issuer)
  if (issuer === undefined) return
  await deps.store.transact(async (writes) => {
    if (isTooOld(says, await writes.notBefore(says))) return
    const known = await writes.findIdentity(says)
    if (!isDue(issuer, says, known)) return
    const by = issuerName(says.issuer)
    const name = nameOf(says)
    const personId =
      known?.personId ?? (await writeJoined(deps, writes, { by, request: { ...says, name } })).id
    if (issuer.claims === undefined) return
    const roles = { writes, by, now: deps.clock.now(), personId }
    await applyClaims(roles, await membershipOf(deps, writes, says))
    await writes.noteClaims(says, says.issuedAt)
  })
}

function isNewer({ issuedAt }: TokenSays, claimedAt: number | null): boolean {
  return claimedAt === null || issuedAt > claimedAt
}

function nameOf({ name, subject }: TokenSays): string {
  return name !== undefined && checkPerson({ name }) === undefined
    ? name
    : subject.slice(0, NAME_LENGTH_MAX)
}

interface Place {
  readonly resource: string
  readonly role: string
}

// An organization that is not here, or a role that nobody declared, gives nothing.
async function membershipOf(
  { definition }: KeyDeps,
  writes: Writes,
  { organization, role }: TokenSays,
): Promise<Place | undefined> {
  if (organization === undefined || role === undefined || !definition.roles.has(role)) {
    return undefined
  }
  const named = await writes.findOrganization(organization)
  // Whoever chose a slug that an issuer uses for others would have their people come to an organization of their own.
  const isNamedByProduct = named !== undefined && actorOf(named.namedBy).type === 'operator'
  const found = isNamedByProduct ? named : await writes.getOrganization(organization)
  return found && { resource: organizationResource(found.id), role }
}

interface Roles {
  readonly writes: Writes
  /** The issuer, as it is written in rows and events. */
  readonly by: string
  readonly now: number
  readonly personId: string
}

async function applyClaims(roles: Roles, wanted: Place | undefined): Promise<void> {
  const all = await roles.writes.listMemberships(roles.personId)
  for (const membership of all.filter(({ grantedBy }) => grantedBy === roles.by)) {
    if (membership.resource !== wanted?.resource) await remove(roles, membership)
    else if (membership.role !== wanted.role) await change(roles, membership, wanted.role)
  }
  if (wanted === undefined || all.some(({ resource }) => resource === wanted.resource)) return
  const { writes, by, now, personId } = roles
  await writes.insertMembership({ ...wanted, personId, grantedAt: now, grantedBy: by })
  const { resource, role } = wanted
  await note(roles, { type: 'membership.granted', resource, data: { role } })
}

// The last owner of an organization stays, whatever the issuer says: nobody else could bring another in.
async function change(roles: Roles, before: Membership, role: string): Promise<void> {
  if ((await checkLastOwner(roles.writes, before)) !== undefined) return
  await roles.writes.changeRole(before.personId, before.resource, role)
  const data = { role, previous_role: before.role }
  await note(roles, { type: 'membership.changed', resource: before.resource, data })
}

async function remove(roles: Roles, before: Membership): Promise<void> {
  if ((await checkLastOwner(roles.writes, before)) !== undefined) return
  await roles.writes.removeMembership(before.personId, before.resource)
  const data = { previous_role: before.role }
  await note(roles, { type: 'membership.removed', resource: before.resource, data })
}

async function note(
  { writes, by, now, personId }: Roles,
  change: {
    readonly type: 'membership.granted' | 'membership.changed' | 'membership.removed'
    readonly resource: string
    readonly data: Readonly<Record<string, string>>
  },
): Promise<void> {
  await writes.append({
    ...change,
    at: now,
    actor: by,
    keyId: null,
    person: spaceOf(personId),
    mode: null,
    data: { person: personId, ...change.data },
  })
}
