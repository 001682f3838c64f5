import type { Identity, JoinedIdentity } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database, IdentityRow } from '../schema/tables.ts'

const selectOne = prepare((db, { issuer, subject }: { issuer: string; subject: string }) =>
  db
    .selectFrom('identities')
    .selectAll()
    .where('issuer', '=', issuer)
    .where('subject', '=', subject),
)

const insertRow = prepare((db, row: IdentityRow) =>
  db.insertInto('identities').values({
    issuer: row.issuer,
    subject: row.subject,
    person_id: row.person_id,
    created_at: row.created_at,
    claimed_at: row.claimed_at,
  }),
)

export async function findIdentity(
  db: Database,
  { issuer, subject }: Identity,
): Promise<JoinedIdentity | undefined> {
  const [row] = await selectOne(db, { issuer, subject })
  if (row === undefined) return undefined
  const { person_id: personId, created_at: createdAt, claimed_at: claimedAt } = row
  return { issuer, subject, personId, createdAt, claimedAt }
}

export async function insertIdentity(db: Database, identity: JoinedIdentity): Promise<void> {
  const { issuer, subject, personId, createdAt, claimedAt } = identity
  const times = { created_at: createdAt, claimed_at: claimedAt }
  await insertRow(db, { issuer, subject, person_id: personId, ...times })
}
