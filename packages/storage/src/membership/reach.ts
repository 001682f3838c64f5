import type { ReachRead, ReachSnapshot } from '@keywright/core'
import { personIdOf, spaceOf, withAncestors } from '@keywright/core'
import { inBatches } from '../query/in-batches.ts'
import { inSnapshot } from '../query/snapshot.ts'
import { blocksOf, nearestBlock } from '../resource/block.ts'
import type { Database } from '../schema/tables.ts'
import { listMemberships } from './membership.ts'

/** A person's roles and how the places of them stand. */
export async function reachSnapshot(db: Database, holder: string): Promise<ReachSnapshot> {
  const memberships = []
  for (const { resource, role } of await listMemberships(db, personIdOf(holder))) {
    const block = await nearestBlock(db, withAncestors(resource))
    memberships.push({ resource, role, isBlocked: block !== null })
  }
  return { holder, memberships }
}

/** The same for many people. */
export async function reachesOf(
  db: Database,
  holders: readonly string[],
): Promise<(holder: string) => ReachSnapshot> {
  const rows = await inBatches(holders.map(personIdOf), (ids) =>
    db
      .selectFrom('memberships')
      .select(['person_id', 'resource', 'role'])
      .where('person_id', 'in', ids)
      .orderBy('resource')
      .execute(),
  )
  const blockOf = await blocksOf(
    db,
    rows.flatMap(({ resource }) => withAncestors(resource)),
  )
  const memberships = Map.groupBy(rows, (row) => spaceOf(row.person_id))
  return (holder) => ({
    holder,
    memberships: (memberships.get(holder) ?? []).map(({ resource, role }) => {
      return { resource, role, isBlocked: blockOf(withAncestors(resource)) !== null }
    }),
  })
}

/** The same for a person who acts without a key. */
export function findReach(db: Database, personId: string): Promise<ReachRead> {
  const holder = spaceOf(personId)
  return inSnapshot(db, async (snapshot) => {
    const block = await nearestBlock(snapshot, [holder])
    return { reach: await reachSnapshot(snapshot, holder), blockedBy: block?.state ?? null }
  })
}
