import type { PeopleReads, PeopleWrites } from '@keywright/core'
import {
  findIdentity,
  insertIdentity,
  noteClaims,
  readIdentity,
  readPerson,
} from '../identity/identity.ts'
import { notBefore, setNotBefore } from '../identity/not-before.ts'
import {
  acceptInvitation,
  findInvitation,
  getInvitation,
  insertInvitation,
  listInvitations,
  revokeInvitation,
} from '../invitation/invitation.ts'
import {
  changeRole,
  getMembership,
  hasOther,
  insertMembership,
  listMembers,
  listMemberships,
  removeMembership,
} from '../membership/membership.ts'
import { findReach } from '../membership/reach.ts'
import {
  changeOrganization,
  findOrganization,
  getOrganization,
  insertOrganization,
  listOrganizations,
} from '../organization/organization.ts'
import { changePerson, getPerson, insertPerson } from '../person/person.ts'
import type { Database } from '../schema/tables.ts'

/** The questions about people. */
export function peopleReadsOver(db: Database): PeopleReads {
  return {
    getPerson: (id) => getPerson(db, id),
    findIdentity: (identity) => findIdentity(db, identity),
    readIdentity: (identity) => readIdentity(db, identity),
    readPerson: (id) => readPerson(db, id),
    notBefore: (identity) => notBefore(db, identity),
    findReach: (personId) => findReach(db, personId),
    getMembership: (personId, resource) => getMembership(db, personId, resource),
    listMembers: (query) => listMembers(db, query),
    listMemberships: (personId) => listMemberships(db, personId),
    getOrganization: (id) => getOrganization(db, id),
    findOrganization: (slug) => findOrganization(db, slug),
    listOrganizations: (query) => listOrganizations(db, query),
    getInvitation: (id) => getInvitation(db, id),
    findInvitation: (digest) => findInvitation(db, digest),
    listInvitations: (query) => listInvitations(db, query),
  }
}

/** The changes to people, in the caller's transaction. */
export function peopleWritesOver(db: Database): PeopleWrites {
  return {
    insertPerson: (person) => insertPerson(db, person),
    changePerson: (person) => changePerson(db, person),
    insertIdentity: (identity) => insertIdentity(db, identity),
    noteClaims: (identity, issuedAt) => noteClaims(db, identity, issuedAt),
    setNotBefore: (rule) => setNotBefore(db, rule),
    insertMembership: (membership) => insertMembership(db, membership),
    changeRole: (personId, resource, role) => changeRole(db, { personId, resource, role }),
    removeMembership: (personId, resource) => removeMembership(db, personId, resource),
    hasOther: (role, at) => hasOther(db, role, at),
    insertOrganization: (organization) => insertOrganization(db, organization),
    changeOrganization: (organization) => changeOrganization(db, organization),
    insertInvitation: (invitation, digest) => insertInvitation(db, invitation, digest),
    acceptInvitation: (id, personId, at) => acceptInvitation(db, id, { personId, at }),
    revokeInvitation: (id, at) => revokeInvitation(db, id, at),
  }
}
