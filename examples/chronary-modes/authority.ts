// Chronary's key system with modes: two keys for each organization, one for live data and one for test data.
import { defineAuthority, perMonth, perSecond } from 'keywright'

const monthlyQuota = Number(process.env['CHRONARY_MONTHLY_QUOTA'] || 10_000)

export default defineAuthority({
  product: { name: 'Chronary', slug: 'chronary' },
  resources: { organizations: {} },
  scopes: ['agents:read', 'agents:write', 'usage:read', 'webhooks:read', 'webhooks:write'],
  modes: ['live', 'test'],
  keys: {
    // Single: one for each mode. Regenerating replaces its secret.
    org: { prefix: 'chr_sk', bound: 'organizations', scopes: ['*'], single: true },
  },
  limits: {
    rate: perSecond(10),
    // Test calls are free and unlimited.
    quota: perMonth(monthlyQuota).of('organizations').in('live'),
  },
})
