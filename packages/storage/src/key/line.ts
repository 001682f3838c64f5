import type { AncestorSnapshot } from '@keywright/core'
import { inBatches } from '../query/in-batches.ts'
import type { Database, KeyRow } from '../schema/tables.ts'
import { toScopes } from './row.ts'

type Child = Pick<KeyRow, 'parent_id'>

export interface Ancestor {
  readonly holder: string
  readonly parent_id: string | null
  readonly snapshot: AncestorSnapshot
}

/** @returns the keys above any of the rows, nearest first; all of them are read one step up at a time */
export async function linesOf(
  db: Database,
  rows: readonly Child[],
): Promise<(row: Child) => readonly Ancestor[]> {
  const known = new Map<string, Ancestor>()
  let step: readonly Child[] = rows
  while (step.length > 0) {
    const parents = step.flatMap(({ parent_id: id }) => (id === null || known.has(id) ? [] : [id]))
    step = await inBatches(parents, (ids) => readAncestors(db, ids))
    for (const each of step as readonly Ancestor[]) known.set(each.snapshot.id, each)
  }
  return (row) => {
    const line: Ancestor[] = []
    let above = known.get(row.parent_id ?? '')
    while (above !== undefined) {
      line.push(above)
      above = known.get(above.parent_id ?? '')
    }
    return line
  }
}

async function readAncestors(db: Database, ids: readonly string[]): Promise<Ancestor[]> {
  const rows = await db
    .selectFrom('keys')
    .select(['id', 'holder', 'parent_id', 'scopes', 'expires_at', 'revoked_at'])
    .where('id', 'in', ids)
    .execute()
  return rows.map(({ id, holder, parent_id, scopes, expires_at, revoked_at }) => {
    const ends = { expiresAt: expires_at, revokedAt: revoked_at }
    return { holder, parent_id, snapshot: { id, scopes: toScopes(scopes), ...ends } }
  })
}
