// What a cached key costs beyond the digest it is found by. Measured in a process of its own, where the garbage can
// be collected on demand and nothing else is on the heap.

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { withFolder } from './harness/folder.ts'
import type { Measure } from './harness/measure.ts'
import { medianOf } from './harness/median.ts'

const BYTES_MAX = 200
const SCRIPT = fileURLToPath(new URL('processes/measure-heap.ts', import.meta.url))

/** Bytes by key, one number a round. */
export interface HeapReport {
  readonly digests: readonly number[]
  readonly cached: readonly number[]
}

export const heap: Measure = ({ rounds, isQuick }) =>
  withFolder(async (folder) => {
    const count = isQuick ? 5000 : 200_000
    const { digests, cached } = await measureIn(join(folder, 'keywright.db'), { count, rounds })
    const theirs = medianOf(digests)
    const total = medianOf(cached)
    const ours = total - theirs
    return [
      {
        measure: 'heap of a cached key beyond its digest',
        ours,
        comparedWith: 'the digest alone, in an array',
        theirs,
        unit: 'B',
        ratio: ours / theirs,
        goal: `under ${BYTES_MAX} B`,
        isReached: ours < BYTES_MAX,
      },
    ]
  })

async function measureIn(
  database: string,
  { count, rounds }: { readonly count: number; readonly rounds: number },
): Promise<HeapReport> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    SCRIPT,
    database,
    String(count),
    String(rounds),
  ])
  return JSON.parse(stdout) as HeapReport
}
