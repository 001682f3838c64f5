import { defineAuthority, perSecond } from 'keywright'

/** The key system that is measured: one kind without limits, one with a limit that never refuses. */
export default defineAuthority({
  product: { name: 'Bench', slug: 'bench' },
  resources: { organizations: { agents: {} } },
  scopes: ['agents:read', 'agents:write', 'events:read', 'events:write'],
  modes: ['live', 'test'],
  keys: {
    org: { prefix: 'kb_sk', bound: 'organizations', scopes: ['*'] },
    agent: {
      prefix: 'kb_ak',
      bound: 'organizations/agents',
      scopes: ['agents:*', 'events:read'],
      mintedBy: ['org'],
    },
    limited: {
      prefix: 'kb_lk',
      bound: 'organizations/agents',
      scopes: ['agents:*', 'events:read'],
      mintedBy: ['org'],
    },
    verifier: {
      prefix: 'kb_vk',
      bound: 'organizations',
      scopes: ['keys:verify'],
      mintedBy: ['org'],
    },
  },
  limits: { rate: perSecond(1_000_000).on('limited') },
})
