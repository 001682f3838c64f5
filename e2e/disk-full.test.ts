// A disk that is full, in real processes. `ulimit -f` bounds how large a file the process may make, so that a write
// fails in the middle of the work; without the bound the next start must find everything whole.

import { join } from 'node:path'
import { openAuthority } from 'keywright'
import { expect, test } from 'vitest'
import { rememberSecret } from '../tools/canary/registry.ts'
import { definition } from './crash/definition.ts'
import { inspectDatabase } from './crash/inspect.ts'
import { makeFolder } from './testing/make-folder.ts'
import { startProcess } from './testing/start-process.ts'

const FILLER = join(import.meta.dirname, 'crash', 'filler.ts')

interface Filled {
  readonly kept: readonly { readonly id: string; readonly secret: string }[]
  readonly error: string
  readonly verdict: string
}

test.each([600, 1500])(
  'a write that does not fit in %d KiB fails whole, and the next start goes on',
  async (kib) => {
    const database = join(makeFolder(), 'full.db')
    const reports: string[] = []
    const filler = startProcess({
      name: 'disk full',
      command: '/bin/bash',
      args: ['-c', `ulimit -f ${kib}; exec "$0" "$@"`, process.execPath, FILLER, database],
      onReport: (line) => reports.push(line),
    })
    const ended = await filler.ended
    expect(ended, filler.stderr.join('\n')).toEqual({ code: 0, signal: null })
    const { kept, error, verdict }: Filled = JSON.parse(reports[0] ?? '{}')
    for (const { secret } of kept) rememberSecret(secret)
    expect(kept.length).toBeGreaterThan(0)
    expect(error).toBe('store_unavailable')
    // What was in memory may still be decided; what cannot be decided is refused as such, never as unknown.
    expect(['allowed', 'unavailable']).toContain(verdict)

    expect(inspectDatabase(database)).toEqual([])
    const authority = await openAuthority(definition, { database })
    try {
      for (const { id, secret } of kept) {
        const decision = await authority.verify({ credential: secret, isPeek: true })
        expect(decision).toMatchObject({ allowed: true, principal: { keyId: id } })
      }
      const more = await authority.keys.mint('org', { resource: 'organizations/o2' })
      if (!more.ok || more.secret === null) throw new Error('a mint was refused')
      rememberSecret(more.secret)
    } finally {
      await authority.close()
    }
    expect(inspectDatabase(database)).toEqual([])
  },
)
