// What the domain needs of storage about people: a part of the store's reads and writes.

import type { ReachSnapshot } from '../decide/reach.ts'
import type { Identity, JoinedIdentity } from '../identity/identity.ts'
import type { Invitation } from '../invitation/invitation.ts'
import type { Member, Membership } from '../membership/membership.ts'
import type { Organization } from '../organization/organization.ts'
import type { Person } from '../person/person.ts'

export interface MemberQuery {
  /** Exactly this resource, not those below. */
  readonly resource: string
  /** Only people after this id, in the order of ids. */
  readonly after?: string
  readonly limit: number
}

export interface OrganizationQuery {
  /** Only these ids; left out, all organizations. */
  readonly ids?: readonly string[]
  /** Only those after this id, in the order of ids. */
  readonly after?: string
  readonly limit: number
}

export interface InvitationQuery {
  /** Exactly this resource, not those below. */
  readonly resource: string
  /** Only those older than this id (they are listed newest first). */
  readonly before?: string
  readonly limit: number
}

/** What a person's roles are, and whether the person is disabled or gone. */
export interface ReachRead {
  readonly reach: ReachSnapshot
  readonly blockedBy: 'disabled' | 'ended' | null
}

/** What decides about the person of a token, all as one read saw it. */
export interface IdentityRead {
  /** The event number of the read. */
  readonly seq: number
  /** Tokens issued earlier do not count, epoch milliseconds; the later one of the issuer's and the subject's. */
  readonly notBefore: number | null
  /** Undefined while the identity is nobody's. */
  readonly person: (ReachRead & { readonly claimedAt: number | null }) | undefined
}

/** The same for a person by id. */
export interface PersonRead {
  readonly seq: number
  readonly person: ReachRead | undefined
}

export interface PeopleReads {
  getPerson(id: string): Promise<Person | undefined>
  findIdentity(identity: Identity): Promise<JoinedIdentity | undefined>
  readIdentity(identity: Identity): Promise<IdentityRead>
  readPerson(id: string): Promise<PersonRead>
  /** From when on tokens of the identity count: the later one of the issuer's time and the subject's. */
  notBefore(identity: Identity): Promise<number | null>
  findReach(personId: string): Promise<ReachRead>
  getMembership(personId: string, resource: string): Promise<Membership | undefined>
  listMembers(query: MemberQuery): Promise<Member[]>
  /** All of one person, in the order of resources. */
  listMemberships(personId: string): Promise<Membership[]>
  getOrganization(id: string): Promise<Organization | undefined>
  findOrganization(slug: string): Promise<Organization | undefined>
  listOrganizations(query: OrganizationQuery): Promise<Organization[]>
  getInvitation(id: string): Promise<Invitation | undefined>
  /** @param digest the peppered digest of its token */
  findInvitation(digest: string): Promise<Invitation | undefined>
  /** Those that nobody has accepted or revoked, newest first. */
  listInvitations(query: InvitationQuery): Promise<Invitation[]>
}

/** What may be changed of a person; what is left out stays. */
export interface PersonChanges {
  readonly name?: string
  readonly email?: string | null
  readonly isEmailVerified?: boolean
}

/** From when on tokens of an issuer count, of one subject or (null) of all; null ends the rule. */
export interface NotBefore {
  readonly issuer: string
  readonly subject: string | null
  readonly at: number | null
}

export interface PeopleWrites {
  insertPerson(person: Person): Promise<void>
  /** Writes the person as it is now. */
  changePerson(person: Person): Promise<void>
  insertIdentity(identity: JoinedIdentity): Promise<void>
  /** Notes when the token was issued whose claims were applied. */
  noteClaims(identity: Identity, issuedAt: number): Promise<void>
  setNotBefore(rule: NotBefore): Promise<void>
  insertMembership(membership: Membership): Promise<void>
  changeRole(personId: string, resource: string, role: string): Promise<void>
  removeMembership(personId: string, resource: string): Promise<void>
  /** Whether somebody else, who is not gone for good, has the role at exactly this resource. */
  hasOther(
    role: string,
    at: { readonly resource: string; readonly besides: string },
  ): Promise<boolean>
  insertOrganization(organization: Organization): Promise<void>
  /** Writes slug and name as they are now. */
  changeOrganization(organization: Organization): Promise<void>
  insertInvitation(invitation: Invitation, digest: string): Promise<void>
  /** Consumes an invitation if it can still be accepted. @returns false when it could not; nothing has changed then */
  acceptInvitation(id: string, personId: string, at: number): Promise<boolean>
  /** @returns false when it was accepted or revoked before */
  revokeInvitation(id: string, at: number): Promise<boolean>
}
