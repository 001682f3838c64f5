// What verification adds to the two things it cannot do without: the digest of the secret and a look-up by it. Both
// sides walk through the same many secrets, so that the processor's caches serve them alike.

import { hash } from 'node:crypto'
import { join } from 'node:path'
import { verifyAll } from './fixture/ask.ts'
import type { KnownKey } from './fixture/fill.ts'
import { fillDatabase } from './fixture/fill.ts'
import { openMeasured } from './fixture/open.ts'
import { withFolder } from './harness/folder.ts'
import type { Measure } from './harness/measure.ts'
import { rateRow } from './harness/measure.ts'
import { compare } from './harness/rounds.ts'
import { rateOf } from './harness/timer.ts'

const RATIO_MIN = 0.5

export const verifyCached: Measure = ({ rounds, isQuick }) =>
  withFolder(async (folder) => {
    const database = join(folder, 'keywright.db')
    const count = isQuick ? 200 : 10_000
    const passes = isQuick ? 1 : 20
    const kinds = ['agent', 'limited'] as const
    const batches = await fillDatabase(
      database,
      kinds.map((kind) => ({ kind, count })),
    )
    const authority = await openMeasured(database)
    const rows = []
    for (const [index, kind] of kinds.entries()) {
      const keys = batches[index] ?? []
      const floor = floorOf(keys)
      await verifyAll(authority, keys)
      const verdict = await compare({
        rounds,
        ours: () =>
          rateOf(count * passes, async () => {
            for (let pass = 0; pass < passes; pass += 1) await verifyAll(authority, keys)
          }),
        theirs: () =>
          rateOf(count * passes, () => {
            for (let pass = 0; pass < passes; pass += 1) findAll(floor, keys)
          }),
      })
      const measure = `verify, cached key, ${kind === 'agent' ? 'no limit' : 'rate limit'}`
      const comparedWith = 'SHA-256 and a Map look-up'
      rows.push(rateRow({ measure, comparedWith, ratioMin: RATIO_MIN }, verdict))
    }
    await authority.close()
    return rows
  })

function digestOf(secret: string): string {
  return hash('sha256', secret, 'base64url')
}

function floorOf(keys: readonly KnownKey[]): ReadonlyMap<string, KnownKey> {
  return new Map(keys.map((key) => [digestOf(key.secret), key]))
}

function findAll(floor: ReadonlyMap<string, KnownKey>, keys: readonly KnownKey[]): void {
  let foundCount = 0
  for (const { secret } of keys) {
    if (floor.get(digestOf(secret)) !== undefined) foundCount += 1
  }
  if (foundCount !== keys.length) throw new Error('A digest was not found.')
}
