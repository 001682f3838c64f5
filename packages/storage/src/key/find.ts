// The look-up behind a verdict: the key, its line, the block nearest to it and the event number, all of one moment.
// Most keys have no parent, so two statements answer for them.

import type { AncestorSnapshot, KeySnapshot, SecretRead } from '@keywright/core'
import { isSpace, withAncestors } from '@keywright/core'
import { reachSnapshot } from '../membership/reach.ts'
import { prepare } from '../query/prepare.ts'
import { inSnapshot } from '../query/snapshot.ts'
import { nearestBlock } from '../resource/block.ts'
import type { Database, KeyRow } from '../schema/tables.ts'
import { toMetadata, toScopes } from './row.ts'

const COLUMNS = [
  'keys.id',
  'keys.kind',
  'keys.holder',
  'keys.resource',
  'keys.mode',
  'keys.scopes',
  'keys.metadata',
  'keys.parent_id',
  'keys.expires_at',
  'keys.revoked_at',
] as const

const selectBySecret = prepare((db, { digest }: { digest: string }) =>
  db
    .selectFrom('feed_head')
    .leftJoin('secrets', (join) => join.on('secrets.digest', '=', digest))
    .leftJoin('keys', 'keys.id', 'secrets.key_id')
    .select(['feed_head.seq', 'secrets.ends_at as secret_ends_at', ...COLUMNS]),
)

const selectById = prepare((db, { id }: { id: string }) =>
  db
    .selectFrom('feed_head')
    .leftJoin('keys', (join) => join.on('keys.id', '=', id))
    .select(['feed_head.seq', ...COLUMNS]),
)

const selectLine = prepare((db, { parentId }: { parentId: string }) =>
  db
    .withRecursive('line', (line) =>
      line
        .selectFrom('keys')
        .select(['id', 'holder', 'parent_id', 'scopes', 'expires_at', 'revoked_at'])
        .select((column) => column.cast<number>(column.lit(1), 'integer').as('distance'))
        .where('id', '=', parentId)
        .unionAll((above) =>
          above
            .selectFrom('keys')
            .innerJoin('line', 'line.parent_id', 'keys.id')
            .select(['keys.id', 'keys.holder', 'keys.parent_id', 'keys.scopes', 'keys.expires_at'])
            .select('keys.revoked_at')
            .select((column) => column('line.distance', '+', 1).as('distance')),
        ),
    )
    .selectFrom('line')
    .select(['id', 'holder', 'scopes', 'expires_at', 'revoked_at'])
    .orderBy('distance'),
)

/** @param digest the peppered digest, as stored */
export function findBySecret(db: Database, digest: string): Promise<SecretRead> {
  return inSnapshot(db, async (snapshot) => {
    const [row] = await selectBySecret(snapshot, { digest })
    return readOf(snapshot, row)
  })
}

export function findById(db: Database, id: string): Promise<SecretRead> {
  return inSnapshot(db, async (snapshot) => {
    const [row] = await selectById(snapshot, { id })
    return readOf(snapshot, row && { ...row, secret_ends_at: null })
  })
}

type SnapshotColumns = Pick<
  KeyRow,
  | 'id'
  | 'kind'
  | 'holder'
  | 'resource'
  | 'mode'
  | 'scopes'
  | 'metadata'
  | 'parent_id'
  | 'expires_at'
  | 'revoked_at'
> & { readonly secret_ends_at: number | null }

type Found = { [Column in keyof SnapshotColumns]: SnapshotColumns[Column] | null } & {
  readonly seq: number
}

async function readOf(db: Database, found: Found | undefined): Promise<SecretRead> {
  if (found === undefined) throw new TypeError('The database has no feed head.')
  const { seq } = found
  if (!hasKey(found)) return { seq, snapshot: undefined }
  return { seq, snapshot: await completeSnapshot(db, found) }
}

// The join gives all of a key's columns or none.
function hasKey(found: Found): found is Found & SnapshotColumns {
  return found.id !== null
}

async function completeSnapshot(db: Database, row: SnapshotColumns): Promise<KeySnapshot> {
  const line = row.parent_id === null ? [] : await selectLine(db, { parentId: row.parent_id })
  const ancestors = line.map((above): AncestorSnapshot => ({
    id: above.id,
    scopes: toScopes(above.scopes),
    expiresAt: above.expires_at,
    revokedAt: above.revoked_at,
  }))
  // A person stands behind a key that they hold and behind every key below one.
  const person = [row, ...line].find(({ holder }) => isSpace(holder))?.holder
  const names = withAncestors(row.resource)
  return {
    id: row.id,
    kind: row.kind,
    holder: row.holder,
    resource: row.resource,
    mode: row.mode,
    scopes: toScopes(row.scopes),
    metadata: toMetadata(row.metadata),
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    secretEndsAt: row.secret_ends_at,
    line: ancestors,
    blockedBy: await nearestBlock(db, person === undefined ? names : [...names, person]),
    ...(person === undefined ? {} : { reach: await reachSnapshot(db, person) }),
  }
}
