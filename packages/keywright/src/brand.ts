/** What the command `keywright` is to its users: its variables, its files, the server that it asks. */
import { defineBrand, profilesJson, sealedStore } from '@keywright/client'

export const brand = defineBrand({
  id: 'keywright',
  client: 'Keywright',
  env: 'KEYWRIGHT',
  settings: {
    api_key: { type: 'credential' },
    server_url: { type: 'server', default: 'http://127.0.0.1:4747' },
    timeout: { type: 'seconds', default: 30 },
  },
  files: profilesJson({ directory: { xdg: 'keywright' } }),
  store: sealedStore(),
  login: 'keywright login',
})
