// What Chronary's client and command line are called, which settings they have and where they look for them.

import { defineBrand, profilesJson } from '@keywright/client'

/** What does not depend on the kinds of keys that there are. */
export const product = {
  id: 'chronary',
  client: 'Chronary',
  env: 'CHRONARY',
  settings: {
    api_key: { type: 'credential' },
    server_url: { type: 'server', default: 'https://api.chronary.ai' },
    timeout: { type: 'seconds', default: 30 },
  },
  files: profilesJson({ directory: { xdg: 'chronary' } }),
  // What makes something is asked for once.
  hasIdempotencyKeys: false,
  login: 'chronary auth login',
} as const

export default defineBrand({
  ...product,
  kinds: { org: 'chr_sk_', agent: 'chr_ak_' },
  routes: { scopes: 'GET /v1/me' },
})
