// The same question put to the api-key plugin of Better Auth, over its own node:sqlite adapter and a real database
// file. Its database runs in the faster of the modes that survive a crash of the process (WAL, synchronous=NORMAL),
// and its own rate limit is off, because it would refuse the key after a few calls.

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { apiKey } from '@better-auth/api-key'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { verifyAll } from './fixture/ask.ts'
import { fillDatabase } from './fixture/fill.ts'
import { openMeasured } from './fixture/open.ts'
import { withFolder } from './harness/folder.ts'
import type { Measure } from './harness/measure.ts'
import { rateRow } from './harness/measure.ts'
import { compare } from './harness/rounds.ts'
import { rateOf } from './harness/timer.ts'

const RATIO_MIN = 100

export const verifyBetterAuth: Measure = ({ rounds, isQuick }) =>
  withFolder(async (folder) => {
    const count = isQuick ? 20 : 1000
    const passes = isQuick ? 1 : 100
    const database = join(folder, 'keywright.db')
    const [keys = []] = await fillDatabase(database, [{ kind: 'agent', count }])
    const authority = await openMeasured(database)
    const peer = await openPeer(join(folder, 'peer.db'), count)
    const verdict = await compare({
      rounds,
      ours: () =>
        rateOf(count * passes, async () => {
          for (let pass = 0; pass < passes; pass += 1) await verifyAll(authority, keys)
        }),
      theirs: () => rateOf(count, peer.verifyAll),
    })
    await authority.close()
    peer.close()
    const measure = 'verify, cached key, no limit'
    const comparedWith = 'Better Auth api-key plugin'
    return [rateRow({ measure, comparedWith, ratioMin: RATIO_MIN }, verdict)]
  })

interface Peer {
  readonly verifyAll: () => Promise<void>
  readonly close: () => void
}

async function openPeer(path: string, count: number): Promise<Peer> {
  const database = new DatabaseSync(path)
  database.exec('pragma journal_mode = wal; pragma synchronous = normal')
  const options = {
    baseURL: 'http://127.0.0.1',
    secret: 'a secret of this benchmark and of nothing else',
    database,
    telemetry: { enabled: false },
    plugins: [apiKey({ rateLimit: { enabled: false } })],
  }
  await (await getMigrations(options)).runMigrations()
  const auth = betterAuth(options)
  const { internalAdapter } = await auth.$context
  const person = { email: 'bench@example.com', name: 'Bench' }
  const user = await internalAdapter.createUser(person, { method: 'email-password' })
  const keys: string[] = []
  for (let made = 0; made < count; made += 1) {
    keys.push((await auth.api.createApiKey({ body: { userId: user.id } })).key)
  }
  return {
    verifyAll: async () => {
      for (const key of keys) {
        const { valid } = await auth.api.verifyApiKey({ body: { key } })
        if (!valid) throw new Error('A key of the peer that is good was refused.')
      }
    },
    close: () => database.close(),
  }
}
