// Verification of keys that are not cached, in a large database and in a small one. The cache holds so little that
// every verification reads. The large sample is spread over the whole database and larger than SQLite's page cache.

import { join } from 'node:path'
import { verifyAll } from './fixture/ask.ts'
import type { KnownKey } from './fixture/fill.ts'
import { fillDatabase } from './fixture/fill.ts'
import type { Measured } from './fixture/open.ts'
import { openMeasured } from './fixture/open.ts'
import { withFolder } from './harness/folder.ts'
import type { Measure } from './harness/measure.ts'
import { rateRow } from './harness/measure.ts'
import type { Round } from './harness/rounds.ts'
import { compare } from './harness/rounds.ts'
import { rateOf } from './harness/timer.ts'

/** Within a factor of two. */
const RATIO_MIN = 0.5

const SMALL = 1000

export const verifyCold: Measure = ({ rounds, isQuick }) =>
  withFolder(async (folder) => {
    const [count, sample, calls] = isQuick ? [20_000, 1000, 200] : [1_000_000, 50_000, 8000]
    const large = await openFilled(join(folder, 'large.db'), { count, sample })
    const small = await openFilled(join(folder, 'small.db'), { count: SMALL, sample: SMALL })
    const verdict = await compare({
      rounds,
      ours: roundOf(large, calls),
      theirs: roundOf(small, calls),
    })
    await large.authority.close()
    await small.authority.close()
    const measure = `verify, key not cached, one of ${count.toLocaleString('en-US')}`
    const comparedWith = `the same, one of ${SMALL.toLocaleString('en-US')}`
    return [rateRow({ measure, comparedWith, ratioMin: RATIO_MIN }, verdict)]
  })

interface Filled {
  readonly authority: Measured
  readonly keys: readonly KnownKey[]
}

async function openFilled(
  database: string,
  size: { readonly count: number; readonly sample: number },
): Promise<Filled> {
  const [keys = []] = await fillDatabase(database, [{ kind: 'agent', ...size }])
  return { authority: await openMeasured(database, 1), keys }
}

function roundOf({ authority, keys }: Filled, calls: number): Round {
  let next = 0
  return async () => {
    const asked = Array.from({ length: calls }, () => keys[next++ % keys.length] as KnownKey)
    const hitsBefore = authority.counts().cacheHits
    const rate = await rateOf(calls, () => verifyAll(authority, asked))
    if (authority.counts().cacheHits !== hitsBefore) throw new Error('A key was cached after all.')
    return rate
  }
}
