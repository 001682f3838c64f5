// Starts the example: PORT (default: a free one), DATA_DIR (default .data/chronicle).
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { openAuthority, stopOnSignal } from 'keywright'
import { createApi } from './api.ts'
import definition from './authority.ts'
import { openData } from './data/open.ts'

const WORKSPACES = ['A', 'B']

const dataDir = process.env['DATA_DIR'] || '.data/chronicle'
mkdirSync(dataDir, { recursive: true, mode: 0o700 })
const authority = await openAuthority(definition, {
  database: join(dataDir, 'keywright.db'),
  onWarning: (warning) => console.error(warning),
  onFatal: (error) => {
    console.error(`chronicle: the database failed: ${error.message}`)
    process.exit(1)
  },
})
const data = openData(join(dataDir, 'chronicle.db'))
const app = createApi({ authority, data, log: (line) => console.error(line) })
const server = app.listen(Number(process.env['PORT'] || 0), '127.0.0.1')
await once(server, 'listening')

// What the web app would show. A settings key is `single`, so whether there is one tells the first start.
for (const name of WORKSPACES) {
  const { keys } = authority.asOperator('first-start')
  const resource = `workspaces/${name.toLowerCase()}`
  const settings = await keys.mint('settings', { resource, name: 'Settings → API' })
  if (!settings.ok && settings.code === 'key_exists') continue
  if (!settings.ok) throw new Error(settings.detail)
  const first = await keys.mint('workspace', { resource, name: 'First key' })
  if (!first.ok) throw new Error(first.detail)
  console.log(`workspace ${name} key (shown once): ${first.secret}`)
  console.log(`workspace ${name} settings key (shown once): ${settings.secret}`)
}

stopOnSignal(async () => {
  const closed = once(server, 'close')
  server.close()
  await closed
  await authority.close()
  data.close()
})

console.log(`chronicle listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`)
