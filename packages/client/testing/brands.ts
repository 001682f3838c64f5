// The three command lines of the products that Keywright was built for, as brands.

import { defineBrand, hostsJson, profilesJson, splitYaml } from '../src/index.ts'

export const chronicle = defineBrand({
  id: 'methodic',
  client: 'Chronicle',
  env: 'CHRONICLE',
  settings: {
    api_key: { type: 'credential' },
    server_url: { type: 'server', default: 'https://api.methodiclabs.ai' },
    timeout: { type: 'seconds', default: 30 },
    max_upload_workers: { type: 'integer', default: 2, min: 1, max: 64 },
    organization_id: { type: 'text' },
    organization_slug: { type: 'text' },
  },
  organization: { id: 'organization_id', slug: 'organization_slug' },
  kinds: { user: 'sk_user_', agent: 'sk_agent_', worker: 'sk_worker_', jwt: 'jws' },
  files: splitYaml({ directory: { home: '.methodic' } }),
  routes: { createKey: 'POST /api-keys', revokeKey: 'DELETE /api-keys/{id}' },
  errors: { ConfigError: 'ChronicleConfigError' },
  login: 'methodic auth login',
})

export const chronary = defineBrand({
  id: 'chronary',
  client: 'Chronary',
  env: 'CHRONARY',
  settings: {
    api_key: { type: 'credential' },
    server_url: { type: 'server', default: 'https://api.chronary.ai' },
  },
  kinds: { org: 'chr_sk_', agent: 'chr_ak_' },
  files: profilesJson({ directory: { xdg: 'chronary' } }),
  login: 'chronary auth login',
})

export const autolab = defineBrand({
  id: 'autolab',
  client: 'AutoLab',
  env: 'AUTOLAB',
  settings: {
    token: { type: 'credential' },
    server_url: { type: 'server', default: 'https://autolab.ai' },
  },
  kinds: { personal: 'al_' },
  files: hostsJson({ directory: { xdg: 'autolab' }, whenReadable: 'refuse' }),
  login: 'autolab login',
})
