// The brand of a product that seals what a login gives.

import { defineBrand, sealedStore, splitYaml } from '../../src/index.ts'

export const brand = defineBrand({
  id: 'acme',
  client: 'Acme',
  env: 'ACME',
  settings: {
    api_key: { type: 'credential' },
    server_url: { type: 'server', default: 'https://api.acme.example' },
  },
  files: splitYaml({ directory: { home: '.acme' } }),
  store: sealedStore(),
})
