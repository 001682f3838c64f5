// Chronary's key system: one org key that reaches everything, and keys for single agents.
import { defineAuthority, perMonth, perSecond } from 'keywright'

const monthlyQuota = Number(process.env['CHRONARY_MONTHLY_QUOTA'] || 10_000)

export default defineAuthority({
  product: { name: 'Chronary', slug: 'chronary' },
  resources: { organizations: { agents: {} } },
  scopes: [
    'agents:read',
    'agents:write',
    'availability:read',
    'availability:compare',
    'calendars:read',
    'calendars:write',
    'events:read',
    'events:write',
    'ical:read',
    'ical:write',
    'scheduling:read',
    'usage:read',
    'webhooks:read',
    'webhooks:write',
  ],
  keys: {
    // Regenerating replaces its secret, and there is never a second one.
    org: { prefix: 'chr_sk', bound: 'organizations', scopes: ['*'], single: true },
    // What it lacks is org-only; its binding keeps it off other agents.
    agent: {
      prefix: 'chr_ak',
      bound: 'organizations/agents',
      scopes: ['agents:read', 'availability:read', 'calendars:*', 'events:*', 'ical:*'],
      mintedBy: ['org'],
    },
  },
  limits: {
    rate: perSecond(10),
    quota: perMonth(monthlyQuota).of('organizations'),
  },
})
