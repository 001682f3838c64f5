// A process that mints until a write fails, and reports over file descriptor 3 what it had been promised by then.

import { writeSync } from 'node:fs'
import { StoreUnavailable, openAuthority } from 'keywright'
import { definition } from './definition.ts'

// A file at its bound is an error of the write and not the end of the process.
process.on('SIGXFSZ', () => {})

const [database = ''] = process.argv.slice(2)
const resource = 'organizations/o1'
const metadata = Object.fromEntries(
  Array.from({ length: 32 }, (_, index) => [`note-${index}`, 'x'.repeat(512)]),
)
const authority = await openAuthority(definition, { database })
const kept: { id: string; secret: string }[] = []
let error: unknown
while (error === undefined) {
  try {
    const outcome = await authority.keys.mint('org', { resource, metadata })
    if (!outcome.ok || outcome.secret === null) throw new Error('a mint was refused')
    kept.push({ id: outcome.key.id, secret: outcome.secret })
  } catch (caught) {
    error = caught
  }
}
const [first] = kept
const decision = await authority.verify({ credential: first?.secret ?? '', isPeek: true })
const verdict = decision.allowed ? 'allowed' : decision.code
const code = error instanceof StoreUnavailable ? error.code : 'another error'
writeSync(3, `${JSON.stringify({ kept, error: code, verdict })}\n`)
// The end as after a fatal error: at once, whatever is held.
process.exit(0)
