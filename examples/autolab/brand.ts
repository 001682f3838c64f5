// What AutoLab's client and command line are called, which settings they have and where they look for them.

import { defineBrand, hostsJson } from '@keywright/client'

export default defineBrand({
  id: 'autolab',
  client: 'AutoLab',
  env: 'AUTOLAB',
  settings: {
    token: { type: 'credential' },
    server_url: { type: 'server', default: 'https://autolab.example' },
    timeout: { type: 'seconds', default: 30 },
  },
  kinds: { token: 'al_' },
  // A login belongs to its host: one at home and one at work never meet.
  files: hostsJson({ directory: { xdg: 'autolab' } }),
  routes: {
    createKey: 'POST /v1/tokens',
    listKeys: 'GET /v1/tokens',
    revokeKey: 'DELETE /v1/tokens/{id}',
  },
  // What makes something is asked for once; calls that may be repeated say so.
  hasIdempotencyKeys: false,
  login: 'autolab login',
})
