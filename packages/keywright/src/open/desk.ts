import type {
  Actor,
  Desk,
  IssuerVerbs,
  KeyDeps,
  LookAtLimits,
  OperatorDesk,
  QuotaAccount,
} from '@keywright/core'
import {
  acceptInvitation,
  addPerson,
  changeOrganization,
  changeMembership,
  changePerson,
  createInvitation,
  createOrganization,
  createPickup,
  explainKey,
  findOrganization,
  findPerson,
  grantMembership,
  joinPerson,
  listEvents,
  listInvitations,
  listKeys,
  listMembers,
  listMemberships,
  listOrganizations,
  listPickups,
  mintKey,
  narrowKey,
  readQuotas,
  readUsage,
  removeMembership,
  renamePerson,
  resolveKey,
  revokeInvitation,
  revokeKey,
  revokePickup,
  rotateKey,
  setDeviceLogin,
  setNotBefore,
  setResourceState,
  showKey,
  showOwnScopes,
  showPerson,
} from '@keywright/core'

/** How limits stand in this process. */
export interface LimitsNow {
  /** Units that are booked and not spent. */
  readonly unspent: (account: QuotaAccount) => number
  readonly look: LookAtLimits
}

/** The domain's verbs on behalf of one actor. */
export function deskOf(deps: KeyDeps, actor: Actor, limits: LimitsNow): Desk {
  return {
    keys: {
      mint: (kind, request) => mintKey(deps, actor, { ...request, kind }),
      list: (request = {}) => listKeys(deps, actor, request),
      show: (id) => showKey(deps, actor, id),
      narrow: (id, request) => narrowKey(deps, actor, { ...request, id }),
      rotate: (id, request = {}) => rotateKey(deps, actor, { ...request, id }),
      resolve: (request) => resolveKey(deps, actor, request),
      explain: (request) => explainKey(deps, actor, { ...request, look: limits.look }),
      revoke: (id) => revokeKey(deps, actor, id),
    },
    pickups: {
      create: (kind, request) => createPickup(deps, actor, { ...request, kind }),
      list: (request = {}) => listPickups(deps, actor, request),
      revoke: (id) => revokePickup(deps, actor, id),
    },
    resources: {
      disable: (resource) => setResourceState(deps, actor, { verb: 'disable', resource }),
      enable: (resource) => setResourceState(deps, actor, { verb: 'enable', resource }),
      end: (resource) => setResourceState(deps, actor, { verb: 'end', resource }),
    },
    ...peopleOf(deps, actor),
    me: { scopes: () => showOwnScopes(deps, actor) },
    events: { list: (request = {}) => listEvents(deps, actor, request) },
    usage: {
      read: (request) => readUsage(deps, actor, request),
      quotas: (keyId) => readQuotas(deps, actor, { keyId, unspent: limits.unspent }),
    },
  }
}

/** The verbs of the product's own code, under a name for the audit log. */
export function operatorDeskOf(
  deps: KeyDeps,
  name: string,
  { flush, ...limits }: LimitsNow & Pick<IssuerVerbs, 'flush'>,
): OperatorDesk {
  const actor = { type: 'operator', name } as const
  const desk = deskOf(deps, actor, limits)
  return {
    ...desk,
    people: {
      ...desk.people,
      join: (request) => joinPerson(deps, actor, request),
      find: (identity) => findPerson(deps, identity),
      add: (request) => addPerson(deps, actor, request),
      change: (id, request) => changePerson(deps, actor, { ...request, id }),
    },
    issuers: { notBefore: (request) => setNotBefore(deps, actor, request), flush },
  }
}

function peopleOf(
  deps: KeyDeps,
  actor: Actor,
): Pick<Desk, 'members' | 'organizations' | 'invitations' | 'people'> {
  return {
    members: {
      grant: (request) => grantMembership(deps, actor, request),
      change: (request) => changeMembership(deps, actor, request),
      remove: (request) => removeMembership(deps, actor, request),
      list: (request) => listMembers(deps, actor, request),
      of: (personId) => listMemberships(deps, actor, personId),
    },
    organizations: {
      create: (request) => createOrganization(deps, actor, request),
      find: (by) => findOrganization(deps, actor, by),
      list: (request = {}) => listOrganizations(deps, actor, request),
      change: (id, request) => changeOrganization(deps, actor, { ...request, id }),
      setDeviceLogin: (setting) => setDeviceLogin(deps, actor, setting),
    },
    invitations: {
      create: (request) => createInvitation(deps, actor, request),
      accept: (request) => acceptInvitation(deps, actor, request),
      revoke: (id) => revokeInvitation(deps, actor, id),
      list: (request) => listInvitations(deps, actor, request),
    },
    people: {
      show: (id) => showPerson(deps, actor, id),
      rename: (id, name) => renamePerson(deps, actor, { id, name }),
    },
  }
}
