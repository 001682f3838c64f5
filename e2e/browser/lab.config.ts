// A product that people sign in to, for the stories of this folder.

import { defineAuthority } from 'keywright'

export default defineAuthority({
  product: { name: 'Lab', slug: 'lab' },
  resources: { organizations: { projects: {} } },
  scopes: ['runs:read', 'runs:write'],
  roles: { owner: ['*'], viewer: ['runs:read'] },
  keys: {
    personal: { prefix: 'lab_pk', bound: 'users', scopes: ['*'] },
    org: { prefix: 'lab_sk', bound: 'organizations', scopes: ['*'], mintedBy: ['users'] },
  },
  login: { kind: 'personal', clients: { lab: { name: 'Lab CLI' } } },
})
