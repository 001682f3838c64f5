/** What the command `keywright` is to its users: its variables, its files, the server that it asks. */
import { defineBrand, preferStored, profilesJson, sealedStore } from '@keywright/client'

export const brand = defineBrand({
  id: 'keywright',
  client: 'Keywright',
  env: 'KEYWRIGHT',
  settings: {
    api_key: { type: 'credential' },
    server_url: { type: 'server', default: 'http://127.0.0.1:4747' },
    timeout: { type: 'seconds', default: 30 },
    prefer_stored: {
      type: 'boolean',
      about: 'whether the stored login goes before KEYWRIGHT_API_KEY',
    },
  },
  preferStored: preferStored('prefer_stored'),
  files: profilesJson({ directory: { xdg: 'keywright' } }),
  store: sealedStore(),
  login: 'keywright login',
})
