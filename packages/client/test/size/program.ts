// The smallest program that a customer writes: settings from where it runs, and one call.

import { clientFor, defineBrand, splitYaml } from '../../src/index.ts'

const brand = defineBrand({
  id: 'acme',
  client: 'Acme',
  env: 'ACME',
  settings: {
    api_key: { type: 'credential' },
    server_url: { type: 'server', default: 'https://api.acme.example' },
    timeout: { type: 'seconds', default: 30 },
  },
  files: splitYaml({ directory: { home: '.acme' } }),
})

class Acme extends clientFor(brand) {
  readonly agents = {
    list: () => this.pages<{ id: string }>('GET /v1/agents'),
  }
}

for await (const { id } of Acme.fromEnv().agents.list()) process.stdout.write(`${id}\n`)
