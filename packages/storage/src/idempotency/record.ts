import type { IdempotencyRecord } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database } from '../schema/tables.ts'

/** So many old records are forgotten with each new one; more than one a time, so the table shrinks after a rush. */
const FORGET_MAX = 100

const selectRecord = prepare(
  (db, { actor, idempotencyKey }: { actor: string; idempotencyKey: string }) =>
    db
      .selectFrom('idempotency_records')
      .selectAll()
      .where('actor', '=', actor)
      .where('idempotency_key', '=', idempotencyKey),
)

// A record that was due to be forgotten may still be there; the new one takes its place.
const upsertRecord = prepare((db, record: IdempotencyRecord) => {
  const { actor, idempotencyKey, requestDigest, madeId, createdAt } = record
  const answer = { request_digest: requestDigest, key_id: madeId, created_at: createdAt }
  return db
    .insertInto('idempotency_records')
    .values({ actor, idempotency_key: idempotencyKey, ...answer })
    .onConflict((conflict) => conflict.columns(['actor', 'idempotency_key']).doUpdateSet(answer))
})

const deleteOld = prepare((db, { before }: { before: number }) =>
  db
    .deleteFrom('idempotency_records')
    .where((where) =>
      where(
        where.refTuple('actor', 'idempotency_key'),
        'in',
        where
          .selectFrom('idempotency_records')
          .select(['actor', 'idempotency_key'])
          .where('created_at', '<', before)
          .orderBy('created_at')
          .limit(FORGET_MAX)
          .$asTuple('actor', 'idempotency_key'),
      ),
    ),
)

export async function findIdempotency(
  db: Database,
  actor: string,
  idempotencyKey: string,
): Promise<IdempotencyRecord | undefined> {
  const [row] = await selectRecord(db, { actor, idempotencyKey })
  if (row === undefined) return undefined
  return {
    actor: row.actor,
    idempotencyKey: row.idempotency_key,
    requestDigest: row.request_digest,
    madeId: row.key_id,
    createdAt: row.created_at,
  }
}

export async function saveIdempotency(
  db: Database,
  record: IdempotencyRecord,
  forgetBefore: number,
): Promise<void> {
  await deleteOld(db, { before: forgetBefore })
  await upsertRecord(db, record)
}
