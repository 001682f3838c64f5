// The verbs about people, as the rest sees them: part of a desk, so on behalf of somebody.

import type { Identity } from '../identity/identity.ts'
import type { JoinRequest } from '../identity/join.ts'
import type { Invitation } from '../invitation/invitation.ts'
import type { Invited, InviteRequest } from '../invitation/create.ts'
import type { AcceptRequest } from '../invitation/accept.ts'
import type { ListInvitationsRequest } from '../invitation/list.ts'
import type { NotBeforeRequest } from '../issuer/not-before.ts'
import type { Outcome } from '../key/outcome.ts'
import type { RoleRequest } from '../membership/grant.ts'
import type { ListMembersRequest } from '../membership/list.ts'
import type { Member, Membership } from '../membership/membership.ts'
import type { RemoveRequest } from '../membership/remove.ts'
import type { ChangeOrganizationRequest } from '../organization/change.ts'
import type { CreateOrganizationRequest } from '../organization/create.ts'
import type { ListOrganizationsRequest } from '../organization/list.ts'
import type { OwnScopes } from '../me/scopes.ts'
import type { DeviceLoginSetting } from '../organization/device-login.ts'
import type { Organization } from '../organization/organization.ts'
import type { AddPersonRequest } from '../person/add.ts'
import type { Person } from '../person/person.ts'
import type { PersonChanges } from '../ports/people.ts'

type WithRole<Request, Role extends string> = Omit<Request, 'role'> & { readonly role: Role }

/** Roles of people at resources. Nobody gives or takes a role that is more than they have there themselves. */
export interface MemberVerbs<Role extends string = string> {
  grant(request: WithRole<RoleRequest, Role>): Promise<Outcome<{ membership: Membership }>>
  change(request: WithRole<RoleRequest, Role>): Promise<Outcome<{ membership: Membership }>>
  /** Answers when no cache of this process still says yes by that role. */
  remove(request: RemoveRequest): Promise<Outcome<{ membership: Membership }>>
  list(
    request: ListMembersRequest,
  ): Promise<Outcome<{ members: readonly Member[]; next: string | null }>>
  /** All roles of one person. */
  of(personId: string): Promise<Outcome<{ memberships: readonly Membership[] }>>
}

export interface OrganizationVerbs {
  create(request: CreateOrganizationRequest): Promise<Outcome<{ organization: Organization }>>
  find(
    by: { readonly slug: string } | { readonly id: string },
  ): Promise<Outcome<{ organization: Organization }>>
  /** Those that the caller is in; all of them for an operator. */
  list(
    request?: ListOrganizationsRequest,
  ): Promise<Outcome<{ organizations: readonly Organization[]; next: string | null }>>
  change(
    id: string,
    request: Omit<ChangeOrganizationRequest, 'id'>,
  ): Promise<Outcome<{ organization: Organization }>>
  /** Switches device logins on or off for the organization's people. */
  setDeviceLogin(setting: DeviceLoginSetting): Promise<Outcome<DeviceLoginSetting>>
}

export interface InvitationVerbs<Role extends string = string> {
  /** The token is in this answer only. */
  create(request: WithRole<InviteRequest, Role>): Promise<Outcome<Invited>>
  accept(request: AcceptRequest): Promise<Outcome<{ membership: Membership }>>
  revoke(id: string): Promise<Outcome<{ invitation: Invitation }>>
  list(
    request: ListInvitationsRequest,
  ): Promise<Outcome<{ invitations: readonly Invitation[]; next: string | null }>>
}

/** What people may see and change of themselves. */
export interface PersonVerbs {
  show(id: string): Promise<Outcome<{ person: Person }>>
  rename(id: string, name: string): Promise<Outcome<{ person: Person }>>
}

/** Who is asking. */
export interface MeVerbs {
  /** What the caller is and in which organizations and places it may act. */
  scopes(): Promise<Outcome<{ own: OwnScopes }>>
}

/** Outside issuers of JWTs, watched over by the product's own code alone. */
export interface IssuerVerbs {
  /** Refuses tokens that were issued before a time: all of an issuer, or those of one subject. In force on answer. */
  notBefore(request: NotBeforeRequest): Promise<Outcome<{ notBefore: number | null }>>
  /** Forgets the fetched keys and verified tokens of one issuer, or of all: for when it took a key back. */
  flush(issuer?: string): void
}

/** People themselves, kept by the product's own code alone. */
export interface PeopleVerbs extends PersonVerbs {
  /** The person of an identity, who is made the first time; any number of calls at once make one. */
  join(request: JoinRequest): Promise<Outcome<{ person: Person; isNew: boolean }>>
  find(identity: Identity): Promise<Outcome<{ person: Person }>>
  /** A person without an identity: somebody whom only the product itself knows. */
  add(request: AddPersonRequest): Promise<Outcome<{ person: Person }>>
  change(id: string, request: PersonChanges): Promise<Outcome<{ person: Person }>>
}
