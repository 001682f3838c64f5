// Starts the example: PORT (default: a free one), DATA_DIR (default .data/chronary), CHRONARY_MONTHLY_QUOTA.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openAuthority, stopOnSignal } from 'keywright'
import { createApi } from './api.ts'
import definition from './authority.ts'
import { openData } from './data/open.ts'

const dataDir = process.env['DATA_DIR'] || '.data/chronary'
mkdirSync(dataDir, { recursive: true, mode: 0o700 })
const authority = await openAuthority(definition, {
  database: join(dataDir, 'keywright.db'),
  onWarning: (warning) => console.error(warning),
  onFatal: (error) => {
    console.error(`chronary: the database failed: ${error.message}`)
    process.exit(1)
  },
})
const data = openData(join(dataDir, 'chronary.db'))
const app = createApi({ authority, data, log: (line) => console.error(line) })
const url = await app.listen({ port: Number(process.env['PORT'] || 0), host: '127.0.0.1' })

// What a sign-up would show on the dashboard. The kind is `single`, so only the first start makes one.
const minted = await authority.asOperator('first-start').keys.mint('org', {
  resource: 'organizations/org_1',
  name: 'Org key',
})
if (minted.ok) console.log(`org key (shown once): ${minted.secret}`)
else if (minted.code !== 'key_exists') throw new Error(minted.detail)

stopOnSignal(async () => {
  await app.close()
  await authority.close()
  data.close()
})

console.log(`chronary listening on ${url}`)
