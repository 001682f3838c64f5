// The key system of this product, in one file. Check it with: keywright check FILE
import { defineAuthority, perSecond } from 'keywright'

export default defineAuthority({
  product: { name: 'Keywright', slug: 'keywright' },

  // What keys are bound to. A key covers its resource and everything below it.
  resources: { organizations: { agents: { runs: {} } } },

  // Every permission there is, as noun:verb. Keywright adds its own: keys:read, keys:write, keys:verify, keys:audit, keys:usage,
  // members:read, members:write.
  scopes: ['agents:read', 'agents:write', 'runs:read', 'runs:write'],

  // Each key is for live or for test data; the two never mix, and the secret shows which it is.
  modes: ['live', 'test'],

  keys: {
    // Everything in one organization. Its secrets look like kw_sk_live_… and kw_sk_test_…
    org: { prefix: 'kw_sk', bound: 'organizations', scopes: ['*'] },
    // One agent; it may mint keys for its own runs.
    agent: {
      prefix: 'kw_ak',
      bound: 'organizations/agents',
      scopes: ['agents:read', 'runs:*', 'keys:read', 'keys:write'],
      mintedBy: ['org'],
    },
    // One run of one agent.
    worker: {
      prefix: 'kw_wk',
      bound: 'organizations/agents/runs',
      scopes: ['runs:*'],
      mintedBy: ['org', 'agent'],
    },
    // For an API server that asks whether keys are good, and can do nothing else.
    verifier: {
      prefix: 'kw_vk',
      bound: 'organizations',
      scopes: ['keys:verify'],
      mintedBy: ['org'],
    },
  },

  // 10 calls a second for each agent and each worker, 10 of them at once after a pause.
  limits: { rate: perSecond(10).burst(10).on('agent', 'worker') },
})
