import type { ReachRead, ReachSnapshot } from '@keywright/core'
import { personIdOf, spaceOf, withAncestors } from '@keywright/core'
import { inSnapshot } from '../query/snapshot.ts'
import { nearestBlock } from '../resource/block.ts'
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

/** The same for a person who acts without a key. */
export function findReach(db: Database, personId: string): Promise<ReachRead> {
  const holder = spaceOf(personId)
  return inSnapshot(db, async (snapshot) => {
    const block = await nearestBlock(snapshot, [holder])
    return { reach: await reachSnapshot(snapshot, holder), blockedBy: block?.state ?? null }
  })
}
