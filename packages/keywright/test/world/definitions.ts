import { days, defineAuthority, hours } from 'keywright'

/** A product with everything that concerns standing and permission, and no limits. */
export const acme = defineAuthority({
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: { agents: { runs: {} } } },
  scopes: ['agents:read', 'agents:write', 'events:read', 'events:write'],
  modes: ['live', 'test'],
  keys: {
    org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] },
    agent: {
      prefix: 'ac_ak',
      bound: 'organizations/agents',
      scopes: ['events:*', 'agents:read', 'keys:read', 'keys:write'],
      mintedBy: ['org'],
    },
    run: {
      prefix: 'ac_rk',
      bound: 'organizations/agents/runs',
      scopes: ['events:*'],
      mintedBy: ['org', 'agent'],
      lifetime: { default: hours(1), max: days(1) },
    },
    desk: {
      prefix: 'ac_dk',
      bound: 'organizations/agents',
      scopes: ['agents:read'],
      single: true,
      mintedBy: ['org'],
      lifetime: { max: days(365) },
    },
    reader: {
      prefix: 'ac_rd',
      bound: 'organizations',
      scopes: ['agents:read', 'keys:read'],
      mintedBy: ['org'],
    },
  },
})
