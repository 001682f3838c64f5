import { prepare } from '../query/prepare.ts'
import type { Database } from '../schema/tables.ts'
import { insertSecret } from './insert.ts'

export interface NextSecret {
  readonly digest: string
  readonly start: string
  readonly at: number
  readonly endsAt: number
}

// Never later: a secret that a former rotation ends sooner keeps its end.
const endSecrets = prepare((db, { id, endsAt }: { id: string; endsAt: number }) =>
  db
    .updateTable('secrets')
    .set({ ends_at: endsAt })
    .where('key_id', '=', id)
    .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', endsAt)])),
)

const updateKey = prepare((db, { id, start, at }: { id: string; start: string; at: number }) =>
  db.updateTable('keys').set({ start, rotated_at: at }).where('id', '=', id),
)

export async function replaceSecret(db: Database, id: string, next: NextSecret): Promise<void> {
  const { digest, start, at, endsAt } = next
  await endSecrets(db, { id, endsAt })
  await insertSecret(db, { digest, key_id: id, start, created_at: at })
  await updateKey(db, { id, start, at })
}
