// The three command lines of the products that Keywright was built for, as brands.

import { defineBrand } from '../src/brand/define.ts'

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
  files: { layout: 'split-yaml', directory: { home: '.methodic' } },
  routes: { createKey: 'POST /api-keys', revokeKey: 'DELETE /api-keys/{id}' },
  errors: { ConfigError: 'ChronicleConfigError' },
  cli: { name: 'methodic', commands: ['auth login', 'auth status'], strict: true },
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
  files: { layout: 'profiles-json', directory: { xdg: 'chronary' } },
  cli: { name: 'chronary', commands: ['auth login', 'auth switch', 'auth list'], strict: true },
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
  files: { layout: 'hosts-json', directory: { xdg: 'autolab' }, whenReadable: 'refuse' },
  cli: { name: 'autolab', commands: ['login', 'whoami', 'logout'], login: 'browser' },
})
