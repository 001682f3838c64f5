// What Methodic's client and command line are called, which settings they have and where they look for them.

import { defineBrand, splitYaml } from '@keywright/client'

export default defineBrand({
  id: 'methodic',
  client: 'Chronicle',
  env: 'CHRONICLE',
  settings: {
    api_key: { type: 'credential' },
    server_url: { type: 'server', default: 'https://api.methodiclabs.ai' },
    timeout: { type: 'seconds', default: 30 },
    max_upload_workers: { type: 'integer', default: 2, min: 1 },
    organization_id: { type: 'text' },
    organization_slug: { type: 'text' },
  },
  organization: { id: 'organization_id', slug: 'organization_slug' },
  kinds: { user: 'sk_user_', agent: 'sk_agent_', worker: 'sk_worker_', jwt: 'jws' },
  files: splitYaml({ directory: { home: '.methodic' } }),
  routes: {
    createKey: 'POST /api-keys',
    listKeys: 'GET /api-keys',
    revokeKey: 'DELETE /api-keys/{id}',
  },
  // What makes something is asked for once; calls that may be repeated say so.
  hasIdempotencyKeys: false,
  errors: { ConfigError: 'ChronicleConfigError' },
  login: 'methodic auth login',
})
