// A program of the person that has a client twice: `node sealed-reader.ts`. It says how long the credential is, and no more.

import { clientFor } from '@keywright/client'
import { PATIENT_ACME } from './lines.ts'

class Acme extends clientFor(PATIENT_ACME.brand) {}

const lengths = [Acme.fromEnv(), Acme.fromEnv()].map(
  ({ settings }) => String(settings.apiKey).length,
)
process.stdout.write(`${lengths.join(' ')}\n`)
