// Arguments: a database to make, how many keys, how many rounds. Prints a HeapReport.

import { hash } from 'node:crypto'
import type { KnownKey } from '../fixture/fill.ts'
import { fillDatabase } from '../fixture/fill.ts'
import { openMeasured } from '../fixture/open.ts'
import type { HeapReport } from '../heap.ts'

const [database = '', countText, roundsText] = process.argv.slice(2)
const count = Number(countText)
const [keys = []] = await fillDatabase(database, [{ kind: 'agent', count }])
const digests: number[] = []
const cached: number[] = []
for (let round = 0; round < Number(roundsText); round += 1) {
  digests.push(digestBytes(keys))
  cached.push(await cachedBytes(keys))
}
const report: HeapReport = { digests, cached }
console.log(JSON.stringify(report))

function digestBytes(known: readonly KnownKey[]): number {
  const before = usedHeap()
  const held = known.map(({ secret }) => hash('sha256', secret, 'base64url'))
  return (usedHeap() - before) / held.length
}

async function cachedBytes(known: readonly KnownKey[]): Promise<number> {
  const authority = await openMeasured(database, count)
  // Compiles the statements and whatever else the first call brings to the heap.
  await authority.verify({ credential: known[0]?.secret ?? '', isPeek: true })
  const before = usedHeap()
  // A look counts no usage, which would be on the heap until it is written.
  for (const { secret } of known) await authority.verify({ credential: secret, isPeek: true })
  const used = usedHeap() - before
  const { cachedKeys } = authority.counts()
  if (cachedKeys !== known.length) throw new Error('Not every key is cached.')
  await authority.close()
  return used / cachedKeys
}

function usedHeap(): number {
  if (globalThis.gc === undefined) throw new Error('Start node with --expose-gc.')
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
