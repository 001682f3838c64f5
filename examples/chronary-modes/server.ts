// Starts the example: PORT (default: a free one), DATA_DIR (default .data/chronary-modes), CHRONARY_MONTHLY_QUOTA.
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { openAuthority, stopOnSignal } from 'keywright'
import { createApi } from './api.ts'
import definition from './authority.ts'
import { openData } from './data/open.ts'

const dataDir = process.env['DATA_DIR'] || '.data/chronary-modes'
mkdirSync(dataDir, { recursive: true, mode: 0o700 })
const authority = await openAuthority(definition, {
  database: join(dataDir, 'keywright.db'),
  onWarning: (warning) => console.error(warning),
  onFatal: (error) => {
    console.error(`chronary-modes: the database failed: ${error.message}`)
    process.exit(1)
  },
})
const data = openData(dataDir)
const { app, idle } = createApi({ authority, data, log: (line) => console.error(line) })
const server = createAdaptorServer({ fetch: app.fetch })
server.listen(Number(process.env['PORT'] || 0), '127.0.0.1')
await once(server, 'listening')

// What a sign-up would show on the dashboard. The kind is `single`, so only the first start makes them.
for (const mode of definition.modes) {
  const minted = await authority.asOperator('first-start').keys.mint('org', {
    resource: 'organizations/org_1',
    mode,
    name: `Org key, ${mode}`,
  })
  if (minted.ok) console.log(`${mode} key (shown once): ${minted.secret}`)
  else if (minted.code !== 'key_exists') throw new Error(minted.detail)
}

stopOnSignal(async () => {
  const closed = once(server, 'close')
  server.close()
  await closed
  await idle()
  await authority.close()
  data.close()
})

console.log(
  `chronary-modes listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`,
)
