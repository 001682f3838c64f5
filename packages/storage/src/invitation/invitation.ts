// An invitation can be accepted once. The statement that consumes it carries every condition itself, the time
// included, so that no cleaner and no earlier look is relied upon.

import type { Invitation, InvitationQuery } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database, InvitationRow } from '../schema/tables.ts'

const selectById = prepare((db, { id }: { id: string }) =>
  db.selectFrom('invitations').selectAll().where('id', '=', id),
)

const selectByDigest = prepare((db, { digest }: { digest: string }) =>
  db.selectFrom('invitations').selectAll().where('digest', '=', digest),
)

const insertRow = prepare(
  (db, row: Omit<InvitationRow, 'accepted_at' | 'accepted_by' | 'revoked_at'>) =>
    db.insertInto('invitations').values({
      id: row.id,
      digest: row.digest,
      resource: row.resource,
      role: row.role,
      email: row.email,
      created_at: row.created_at,
      created_by: row.created_by,
      expires_at: row.expires_at,
      accepted_at: null,
      accepted_by: null,
      revoked_at: null,
    }),
)

const updateAccepted = prepare(
  (db, { id, personId, at }: { id: string; personId: string; at: number }) =>
    db
      .updateTable('invitations')
      .set({ accepted_at: at, accepted_by: personId })
      .where('id', '=', id)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', at)
      .returning('id'),
)

const updateRevoked = prepare((db, { id, at }: { id: string; at: number }) =>
  db
    .updateTable('invitations')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returning('id'),
)

export async function getInvitation(db: Database, id: string): Promise<Invitation | undefined> {
  const [row] = await selectById(db, { id })
  return row && toInvitation(row)
}

export async function findInvitation(
  db: Database,
  digest: string,
): Promise<Invitation | undefined> {
  const [row] = await selectByDigest(db, { digest })
  return row && toInvitation(row)
}

/** Open ones, newest first. */
export async function listInvitations(
  db: Database,
  { resource, before, limit }: InvitationQuery,
): Promise<Invitation[]> {
  let select = db
    .selectFrom('invitations')
    .selectAll()
    .where('resource', '=', resource)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
  if (before !== undefined) select = select.where('id', '<', before)
  return (await select.execute()).map(toInvitation)
}

export async function insertInvitation(
  db: Database,
  invitation: Invitation,
  digest: string,
): Promise<void> {
  const { id, resource, role, email, createdAt, createdBy, expiresAt } = invitation
  const times = { created_at: createdAt, created_by: createdBy, expires_at: expiresAt }
  await insertRow(db, { id, digest, resource, role, email, ...times })
}

export async function acceptInvitation(
  db: Database,
  id: string,
  by: { readonly personId: string; readonly at: number },
): Promise<boolean> {
  return (await updateAccepted(db, { id, ...by })).length > 0
}

export async function revokeInvitation(db: Database, id: string, at: number): Promise<boolean> {
  return (await updateRevoked(db, { id, at })).length > 0
}

function toInvitation(row: InvitationRow): Invitation {
  return {
    id: row.id,
    resource: row.resource,
    role: row.role,
    email: row.email,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    acceptedAt: row.accepted_at,
    acceptedBy: row.accepted_by,
    revokedAt: row.revoked_at,
  }
}
