// Starts the example: PORT (default: a free one), DATA_DIR (default .data/autolab), BASE_URL (default: this machine).

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileOutbox, freePort, openAccounts, openAuthority, stopOnSignal } from 'keywright'
import { createApi } from './api.ts'
import definition from './authority.ts'
import { openData } from './data/open.ts'
import { makeDemonstration } from './first-start.ts'

const log = (line: string): void => console.error(line)
const dataDir = process.env['DATA_DIR'] || '.data/autolab'
mkdirSync(dataDir, { recursive: true, mode: 0o700 })
// Links and cookies name the address, so the port is known before anything listens.
const port = Number(process.env['PORT']) || (await freePort('127.0.0.1'))
const baseUrl = process.env['BASE_URL'] || `http://localhost:${port}`

const authority = await openAuthority(definition, {
  database: join(dataDir, 'keywright.db'),
  onWarning: log,
  onFatal: (error) => {
    log(`autolab: the database failed: ${error.message}`)
    process.exit(1)
  },
})
const accounts = await openAccounts(authority, {
  baseUrl,
  sendMail: fileOutbox(join(dataDir, 'outbox')),
  onMailFailed: (error) => log(`autolab: a mail could not be written: ${String(error)}`),
})
const data = openData(join(dataDir, 'autolab.db'))
const app = createApi({ authority, data, keywright: { accounts, log }, log })
await app.listen({ port, host: '127.0.0.1' })
const shown = await makeDemonstration({ authority, accounts, data, now: Date.now })
for (const line of shown) console.log(line)

stopOnSignal(async () => {
  await app.close()
  await authority.close()
  data.close()
})
console.log(`autolab listening on ${baseUrl}`)
