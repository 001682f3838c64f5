// People, roles, organizations and invitations as the wire shows them.

import type { z } from 'zod'
import type {
  invitationSchema,
  memberSchema,
  membershipSchema,
  organizationSchema,
  personSchema,
} from '@keywright/contract'
import type { Invitation, Member, Membership, Organization, Person } from '@keywright/core'
import { instant } from '@keywright/core'
import { instantOrNull } from './key-view.ts'

export function organizationView(organization: Organization): z.output<typeof organizationSchema> {
  const { id, slug, name, createdAt } = organization
  return { id, slug, name, created_at: instant(createdAt) }
}

export function membershipView(membership: Membership): z.output<typeof membershipSchema> {
  const { personId, resource, role, grantedAt, grantedBy } = membership
  return {
    person_id: personId,
    resource,
    role,
    granted_at: instant(grantedAt),
    granted_by: grantedBy,
  }
}

export function memberView(member: Member): z.output<typeof memberSchema> {
  const { name, email } = member
  return { ...membershipView(member), name, email }
}

export function invitationView(invitation: Invitation): z.output<typeof invitationSchema> {
  return {
    id: invitation.id,
    resource: invitation.resource,
    role: invitation.role,
    email: invitation.email,
    created_at: instant(invitation.createdAt),
    created_by: invitation.createdBy,
    expires_at: instant(invitation.expiresAt),
    accepted_at: instantOrNull(invitation.acceptedAt),
    accepted_by: invitation.acceptedBy,
    revoked_at: instantOrNull(invitation.revokedAt),
  }
}

export function personView(person: Person): z.output<typeof personSchema> {
  const { id, name, email, isEmailVerified, createdAt } = person
  return { id, name, email, email_verified: isEmailVerified, created_at: instant(createdAt) }
}
