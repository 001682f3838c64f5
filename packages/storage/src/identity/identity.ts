import type { Identity, IdentityRead, JoinedIdentity, PersonRead } from '@keywright/core'
import { feedHead } from '../event/head.ts'
import { findReach } from '../membership/reach.ts'
import { getPerson } from '../person/person.ts'
import { prepare } from '../query/prepare.ts'
import { inSnapshot } from '../query/snapshot.ts'
import type { Database, IdentityRow } from '../schema/tables.ts'
import { notBefore } from './not-before.ts'

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

const updateClaimed = prepare((db, row: { issuer: string; subject: string; at: number }) =>
  db
    .updateTable('identities')
    .set({ claimed_at: row.at })
    .where('issuer', '=', row.issuer)
    .where('subject', '=', row.subject),
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

export async function noteClaims(
  db: Database,
  { issuer, subject }: Identity,
  at: number,
): Promise<void> {
  await updateClaimed(db, { issuer, subject, at })
}

/** All that decides about the person of a token, of one moment. */
export function readIdentity(db: Database, asked: Identity): Promise<IdentityRead> {
  return inSnapshot(db, async (snapshot) => {
    const { seq } = await feedHead(snapshot)
    const bound = await notBefore(snapshot, asked)
    const identity = await findIdentity(snapshot, asked)
    if (identity === undefined) return { seq, notBefore: bound, person: undefined }
    const { personId, claimedAt } = identity
    const person = { ...(await findReach(snapshot, personId)), claimedAt }
    return { seq, notBefore: bound, person }
  })
}

/** The same for a person by id. */
export function readPerson(db: Database, id: string): Promise<PersonRead> {
  return inSnapshot(db, async (snapshot) => {
    const { seq } = await feedHead(snapshot)
    const isThere = (await getPerson(snapshot, id)) !== undefined
    return { seq, person: isThere ? await findReach(snapshot, id) : undefined }
  })
}
