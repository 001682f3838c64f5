// Minting is a transaction of several rows (key, secret, event, feed head) that is on the disk before it is
// acknowledged. The floor is one row in one table, as durable, in the same folder.

import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Measured } from './fixture/open.ts'
import { openMeasured } from './fixture/open.ts'
import { withFolder } from './harness/folder.ts'
import type { Measure } from './harness/measure.ts'
import { rateRow } from './harness/measure.ts'
import type { Round } from './harness/rounds.ts'
import { compare } from './harness/rounds.ts'
import { rateOf } from './harness/timer.ts'

const RATIO_MIN = 0.3
const PARALLEL = 16

export const mint: Measure = ({ rounds, isQuick }) =>
  withFolder(async (folder) => {
    const count = isQuick ? 2 * PARALLEL : 50 * PARALLEL
    const authority = await openMeasured(join(folder, 'keywright.db'))
    const floor = openFloor(join(folder, 'floor.db'))
    const rows = []
    for (const parallel of [1, PARALLEL]) {
      const verdict = await compare({
        rounds,
        ours: roundOf(authority, { count, parallel }),
        theirs: () => rateOf(count, () => floor.insert(count)),
      })
      const measure = `mint, durable, ${parallel} at a time`
      const comparedWith = 'node:sqlite, one row a commit'
      rows.push(rateRow({ measure, comparedWith, ratioMin: RATIO_MIN }, verdict))
    }
    await authority.close()
    floor.close()
    return rows
  })

function roundOf(
  { keys }: Measured,
  { count, parallel }: { readonly count: number; readonly parallel: number },
): Round {
  const mintSome = async (): Promise<void> => {
    for (let made = 0; made < count / parallel; made += 1) {
      const organization = randomBytes(4).toString('hex')
      const resource = `organizations/org_${organization}/agents/agt_1`
      const outcome = await keys.mint('agent', { resource, name: 'bench' })
      if (!outcome.ok) throw new Error(`A key was not minted: ${outcome.code}`)
    }
  }
  return () =>
    rateOf(count, async () => {
      await Promise.all(Array.from({ length: parallel }, mintSome))
    })
}

function openFloor(path: string): { insert: (count: number) => void; close: () => void } {
  const database = new DatabaseSync(path)
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    create table rows (id text not null primary key, digest text not null) strict;
  `)
  const statement = database.prepare('insert into rows (id, digest) values (?, ?)')
  return {
    insert: (count) => {
      for (let made = 0; made < count; made += 1) {
        statement.run(randomBytes(12).toString('hex'), randomBytes(32).toString('base64url'))
      }
    },
    close: () => database.close(),
  }
}
