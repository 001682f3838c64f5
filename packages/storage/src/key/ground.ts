// What the keys of a page stand on: what `find.ts` reads for one key, asked for all of them together, so that a page
// costs a few statements and not some for each key.

import type { Ground } from '@keywright/core'
import { isSpace, withAncestors } from '@keywright/core'
import { reachesOf } from '../membership/reach.ts'
import { blocksOf } from '../resource/block.ts'
import type { Database, KeyRow } from '../schema/tables.ts'
import { linesOf } from './line.ts'

type Child = Pick<KeyRow, 'holder' | 'resource' | 'parent_id'>

/** @returns for each of the rows what it stands on, all of one moment where `db` is a snapshot */
export async function groundsOf(db: Database, rows: readonly Child[]): Promise<Ground[]> {
  const lineOf = await linesOf(db, rows)
  const placed = rows.map((row) => {
    const line = lineOf(row)
    // A person stands behind a key that they hold and behind every key below one.
    const person = [row, ...line].find(({ holder }) => isSpace(holder))?.holder
    const above = withAncestors(row.resource)
    return { line, person, names: person === undefined ? above : [...above, person] }
  })
  const blockOf = await blocksOf(
    db,
    placed.flatMap(({ names }) => names),
  )
  const people = placed.flatMap(({ person }) => (person === undefined ? [] : [person]))
  const reachOf = await reachesOf(db, people)
  return placed.map(({ line, person, names }) => ({
    line: line.map(({ snapshot }) => snapshot),
    blockedBy: blockOf(names),
    ...(person === undefined ? {} : { reach: reachOf(person) }),
  }))
}
