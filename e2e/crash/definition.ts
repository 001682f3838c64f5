import { defineAuthority, perMonth } from 'keywright'

/** Units a month that the keys of one organization share. */
export const QUOTA = 2000

/** What the killed processes run: keys, children of keys, and a quota. */
export const definition = defineAuthority({
  product: { name: 'Crash', slug: 'crash' },
  resources: { organizations: { agents: {} } },
  scopes: ['events:read', 'events:write'],
  keys: {
    org: { prefix: 'cr_sk', bound: 'organizations', scopes: ['*'] },
    agent: {
      prefix: 'cr_ak',
      bound: 'organizations/agents',
      scopes: ['events:*'],
      mintedBy: ['org'],
    },
  },
  limits: { quota: perMonth(QUOTA).of('organizations') },
})
