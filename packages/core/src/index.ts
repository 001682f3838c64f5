export type {
  Authority,
  AuthorityCounts,
  Desk,
  KeyVerbs,
  OperatorDesk,
  ResourceVerbs,
  SessionRequest,
  Verifier,
  VerifyRequest,
} from './authority/authority.ts'
export type {
  InvitationVerbs,
  IssuerVerbs,
  MemberVerbs,
  MeVerbs,
  OrganizationVerbs,
  PeopleVerbs,
  PersonVerbs,
} from './authority/people.ts'
export type { LoginVerbs } from './authority/logins.ts'
export type { PickupDesk, PickupVerbs } from './authority/pickups.ts'
export { decide, permits, principalOf } from './decide/decide.ts'
export { personFactsOf, personPrincipalOf } from './decide/person-facts.ts'
export type { PersonSnapshot, Shown } from './decide/person-facts.ts'
export { refuse } from './decide/decision.ts'
export type {
  Allowed,
  Ask,
  Decision,
  KeyPrincipal,
  LimitState,
  Principal,
  RefusalCode,
  Refused,
  SessionPrincipal,
  TokenPrincipal,
} from './decide/decision.ts'
export { factsOf } from './decide/facts.ts'
export type { Intern, KeyFacts, SharedFacts } from './decide/facts.ts'
export { lookThere, scopesAt } from './decide/reach.ts'
export type { Placed, Reach, ReachSnapshot, RoleAt } from './decide/reach.ts'
export { isForGood } from './decide/name-standing.ts'
export type { NamedStanding, StandingName } from './decide/name-standing.ts'
export { instant } from './decide/standing.ts'
export { defineAuthority } from './definition/define.ts'
export { headOf, isPersonal, limitsOf } from './definition/definition.ts'
export type {
  Definition,
  Head,
  Kind,
  KindOf,
  LimitSet,
  ModeOf,
  QuotaRule,
  RateRule,
  RoleOf,
  ScopeOf,
} from './definition/definition.ts'
export { days, hours } from './definition/durations.ts'
export { DefinitionError } from './definition/error.ts'
export type { DefinitionProblem } from './definition/error.ts'
export type { CredentialHeader, DefinitionInput, ResourceTree } from './definition/input.ts'
export { claimDeviceLogin } from './device-login/claim.ts'
export type { ClaimRequest } from './device-login/claim.ts'
export { decideDeviceLogin } from './device-login/decide.ts'
export type { DecideRequest } from './device-login/decide.ts'
export { FRESH_SECONDS } from './device-login/device-login.ts'
export type { DeviceLogin } from './device-login/device-login.ts'
export { pollDeviceLogin } from './device-login/poll.ts'
export type { PollRequest } from './device-login/poll.ts'
export { startDeviceLogin } from './device-login/start.ts'
export type { StartDeviceRequest, StartedDevice } from './device-login/start.ts'
export { readUserCode, showUserCode } from './device-login/user-code.ts'
export type { EventType, KeyEvent, NewEvent } from './event/event.ts'
export { listEvents } from './event/list.ts'
export type { ListEventsRequest } from './event/list.ts'
export { admitToken, isDue } from './identity/admit.ts'
export type { TokenSays } from './identity/admit.ts'
export { findPerson } from './identity/find.ts'
export type { Identity, JoinedIdentity } from './identity/identity.ts'
export { joinPerson } from './identity/join.ts'
export type { JoinRequest } from './identity/join.ts'
export { explainKey } from './explain/explain.ts'
export type { ExplainRequest, LookAtLimits } from './explain/explain.ts'
export type { ExplainedTerm, Explanation, TermName } from './explain/explanation.ts'
export { acceptInvitation } from './invitation/accept.ts'
export type { AcceptRequest } from './invitation/accept.ts'
export { createInvitation, INVITATION_MAX_SECONDS } from './invitation/create.ts'
export type { Invited, InviteRequest } from './invitation/create.ts'
export type { Invitation } from './invitation/invitation.ts'
export { listInvitations } from './invitation/list.ts'
export type { ListInvitationsRequest } from './invitation/list.ts'
export { revokeInvitation } from './invitation/revoke.ts'
export { issuerName } from './issuer/issuer.ts'
export { setNotBefore } from './issuer/not-before.ts'
export type { NotBeforeRequest } from './issuer/not-before.ts'
export { isTooOld } from './issuer/too-old.ts'
export type { Issuer, IssuerInput, TokenAlgorithm, TokenType } from './issuer/issuer.ts'
export { isLoopbackHost, whyNoIssuerUrl } from './issuer/url.ts'
export { actorAs } from './key/actor.ts'
export type { Actor } from './key/actor.ts'
export {
  METADATA_ENTRIES_MAX,
  METADATA_KEY_LENGTH_MAX,
  METADATA_VALUE_LENGTH_MAX,
  NAME_LENGTH_MAX,
} from './key/check-request.ts'
export type { KeyDeps } from './key/deps.ts'
export { isIdOf, isKeyId } from './key/id.ts'
export type {
  AncestorSnapshot,
  Ground,
  GroundedKey,
  Key,
  KeySnapshot,
  Metadata,
} from './key/key.ts'
export { listKeys, PAGE_LIMIT_MAX } from './key/list.ts'
export type { ListRequest } from './key/list.ts'
export { mintKey } from './key/mint.ts'
export type { Minted, MintRequest } from './key/mint.ts'
export { narrowKey } from './key/narrow.ts'
export type { NarrowRequest } from './key/narrow.ts'
export type { ChangeRefusalCode, ChangeRefused, Outcome } from './key/outcome.ts'
export { resolveKey } from './key/resolve.ts'
export type { ResolveRequest } from './key/resolve.ts'
export { revokeKey } from './key/revoke.ts'
export { OVERLAP_MAX_SECONDS, rotateKey } from './key/rotate.ts'
export type { Rotated, RotateRequest } from './key/rotate.ts'
export type { SeenKey } from './key/seen.ts'
export { showKey } from './key/show.ts'
export { accountOf, subjectOf } from './limit/account.ts'
export { gcra, gcraOf } from './limit/gcra.ts'
export type { Gcra, GcraVerdict } from './limit/gcra.ts'
export { ledgerOf } from './limit/ledger.ts'
export type { BlockGrant, Ledger } from './limit/ledger.ts'
export { perMinute, perMonth, perSecond } from './limit/limit.ts'
export type { Quota, Rate } from './limit/limit.ts'
export { blockSize, periodEndsAt, periodOf } from './limit/quota.ts'
export { approveLogin, denyLogin } from './login/approve.ts'
export { checkAuthorization } from './login/authorize.ts'
export type {
  AuthorizationParameters,
  AuthorizationRefused,
  AuthorizationRequest,
} from './login/authorize.ts'
export type { HandedOut } from './login/hand-out.ts'
export type { Approver, Login, LoginClient, LoginCode, LoginKey, SignedIn } from './login/login.ts'
export { redeemLogin } from './login/redeem.ts'
export type { RedeemRequest } from './login/redeem.ts'
export { oauthRefused } from './login/refusal.ts'
export type { OAuthErrorCode, OAuthOutcome, OAuthRefused } from './login/refusal.ts'
export { revokeToken } from './login/revoke-token.ts'
export type { RevokeTokenRequest } from './login/revoke-token.ts'
export { scopesOfLogin } from './login/scopes.ts'
export { changeMembership } from './membership/change.ts'
export { grantMembership } from './membership/grant.ts'
export type { RoleRequest } from './membership/grant.ts'
export { listMembers, listMemberships } from './membership/list.ts'
export type { ListMembersRequest } from './membership/list.ts'
export type { Member, Membership } from './membership/membership.ts'
export { showOwnScopes } from './me/scopes.ts'
export type { OwnOrganization, OwnScopes } from './me/scopes.ts'
export { removeMembership } from './membership/remove.ts'
export type { RemoveRequest } from './membership/remove.ts'
export { networkOf } from './network/network.ts'
export { changeOrganization } from './organization/change.ts'
export type { ChangeOrganizationRequest } from './organization/change.ts'
export { createOrganization } from './organization/create.ts'
export type { CreateOrganizationRequest } from './organization/create.ts'
export { setDeviceLogin } from './organization/device-login.ts'
export type { DeviceLoginSetting } from './organization/device-login.ts'
export { findOrganization } from './organization/find.ts'
export { listOrganizations } from './organization/list.ts'
export type { ListOrganizationsRequest } from './organization/list.ts'
export type { Organization } from './organization/organization.ts'
export { addPerson } from './person/add.ts'
export type { AddPersonRequest } from './person/add.ts'
export { changePerson } from './person/change.ts'
export { isSpace, PEOPLE, personIdOf, spaceOf } from './person/person.ts'
export type { Person } from './person/person.ts'
export { renamePerson } from './person/rename.ts'
export { showPerson } from './person/show.ts'
export { createPickup } from './pickup/create.ts'
export type { CreatedPickup, CreatePickupRequest } from './pickup/create.ts'
export { listPickups } from './pickup/list.ts'
export type { ListPickupsRequest } from './pickup/list.ts'
export type { Pickup } from './pickup/pickup.ts'
export { redeemPickup } from './pickup/redeem.ts'
export type { PickedUp, RedeemPickupRequest } from './pickup/redeem.ts'
export { revokePickup } from './pickup/revoke.ts'
export type { Clock } from './ports/clock.ts'
export type { LoginReads, LoginWrites, NewDeviceLogin } from './ports/login.ts'
export type {
  IdentityRead,
  InvitationQuery,
  MemberQuery,
  NotBefore,
  OrganizationQuery,
  PeopleReads,
  PeopleWrites,
  PersonChanges,
  PersonRead,
  ReachRead,
} from './ports/people.ts'
export type { PickupPage, PickupQuery, PickupReads, PickupWrites } from './ports/pickup.ts'
export { StoreUnavailable } from './ports/store.ts'
export type {
  EventQuery,
  IdempotencyRecord,
  KeyChanges,
  KeyLook,
  KeyPage,
  KeyQuery,
  NewKey,
  Reads,
  SecretRead,
  Store,
  UsageQuery,
  Writes,
} from './ports/store.ts'
export { covers, withAncestors } from './resource/covers.ts'
export { parseResource } from './resource/parse.ts'
export { resolveOwn } from './resource/resolve.ts'
export { setResourceState } from './resource/set-state.ts'
export type { ResourceNow, ResourceVerb } from './resource/set-state.ts'
export { BUILTIN_SCOPES } from './scope/builtin.ts'
export type { BuiltinScope } from './scope/builtin.ts'
export { printable } from './secret/printable.ts'
export { readQuotas } from './usage/quotas.ts'
export type { ReadQuotasRequest } from './usage/quotas.ts'
export { readUsage } from './usage/read.ts'
export type { ReadUsageRequest } from './usage/read.ts'
export type { QuotaAccount, QuotaStanding, UsageDelta, UsageRow } from './usage/usage.ts'
