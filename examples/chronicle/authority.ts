// Chronicle's key system: keys of a workspace, made in the web app under Settings → API.
import { defineAuthority, perSecond } from 'keywright'

export default defineAuthority({
  product: { name: 'Chronicle', slug: 'chronicle' },
  resources: { workspaces: {} },
  scopes: [
    'presentations:create',
    'presentations:generate',
    'presentations:read',
    'presentations:update',
  ],
  headers: ['authorization', 'x-api-key'],
  keys: {
    // What an application uses.
    workspace: {
      prefix: 'chron_wk',
      bound: 'workspaces',
      scopes: ['presentations:*'],
      mintedBy: ['settings'],
    },
    // What the settings page uses on behalf of a workspace. It has the scopes of the keys that it makes, because no key
    // gives more than it has.
    settings: {
      prefix: 'chron_settings',
      bound: 'workspaces',
      scopes: ['keys:read', 'keys:write', 'presentations:*'],
      single: true,
    },
  },
  limits: { rate: perSecond(20) },
})
