// As program.ts, of a product that seals: the code that opens comes with its brand.

import { clientFor } from '../../src/index.ts'
import { brand } from './sealed-brand.ts'

class Acme extends clientFor(brand) {
  readonly agents = {
    list: () => this.pages<{ id: string }>('GET /v1/agents'),
  }
}

for await (const { id } of Acme.fromEnv().agents.list()) process.stdout.write(`${id}\n`)
