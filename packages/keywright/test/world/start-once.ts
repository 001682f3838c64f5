// A process that starts over a folder, says how that went in one word, holds it for a moment and ends.

import { setTimeout } from 'node:timers/promises'
import { openAuthority } from 'keywright'
import { acme } from './definitions.ts'

const [database = ''] = process.argv.slice(2)
try {
  const authority = await openAuthority(acme, { database })
  await setTimeout(500)
  await authority.close()
  console.log('ok')
} catch (error) {
  console.log(error instanceof Error && 'code' in error ? error.code : error)
}
