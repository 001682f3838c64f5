// AutoLab's key system: people with roles in projects, and personal access tokens that act as them everywhere. A
// project lies in the space of whoever made it, who is its owner by that.
import { defineAuthority } from 'keywright'

export default defineAuthority({
  product: { name: 'AutoLab', slug: 'autolab' },
  resources: { users: { projects: {} } },
  scopes: [
    'projects:read',
    'projects:write',
    'nodes:read',
    'nodes:write',
    'providers:read',
    'providers:write',
  ],
  roles: {
    owner: ['*'],
    admin: ['projects:*', 'nodes:*', 'providers:*', 'members:*'],
    // An execution node clones private code: whoever registers one may read all of it.
    researcher: ['projects:read', 'nodes:*', 'providers:read', 'members:read'],
    viewer: ['projects:read', 'nodes:read'],
  },
  keys: {
    // What `autolab login` hands out, and what `autolab token create` makes with it: revoking one ends what it made.
    token: { prefix: 'al', bound: 'users', scopes: ['*'], mintedBy: ['token'] },
  },
  login: { kind: 'token', clients: { autolab: { name: 'AutoLab CLI' } } },
})
