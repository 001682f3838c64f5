// Logs in again and again until it is killed: `node sealed-writer.ts FILE` with the credential in the file.

import { runCommandLine } from '../../src/run.ts'
import { processWorld } from '../../src/world/process-world.ts'
import { PATIENT_ACME } from './lines.ts'

const [file = ''] = process.argv.slice(2)
const args = ['login', '--no-verify', '--store', 'keyring', '--token-file', file]
const world = { ...processWorld(), args }

for (;;) {
  process.stdout.write('logging in\n')
  const exit = await runCommandLine(PATIENT_ACME, world)
  if (exit !== 0) process.exit(exit)
}
