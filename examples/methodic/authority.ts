// Methodic's key system: researchers come with a JWT of an outside issuer and make keys for themselves, for their
// agents and, by provisioning, for the worker of a single run. Experiments live in organizations or in the space of a
// person.

import type { IssuerInput } from 'keywright'
import { days, defineAuthority } from 'keywright'
import { outsideIssuer } from './issuer/outside.ts'

const experiments = { experiments: { variations: { runs: {} } }, datasets: {} }

/** The definition with the issuers whose JWTs it accepts. */
export function defineMethodic(issuers: readonly IssuerInput[]) {
  return defineAuthority({
    product: { name: 'Methodic', slug: 'methodic' },
    resources: { organizations: experiments, users: experiments },
    scopes: [
      'experiments:read',
      'experiments:write',
      'datasets:read',
      'datasets:write',
      'runs:read',
      'runs:write',
    ],
    roles: {
      owner: ['*'],
      researcher: ['experiments:*', 'datasets:*', 'runs:*', 'keys:*', 'members:read'],
      viewer: ['experiments:read', 'datasets:read', 'runs:read'],
    },
    issuers,
    keys: {
      // Both act as their person wherever the person's roles reach, as far as their own scopes go.
      user: {
        prefix: 'sk_user',
        bound: 'users',
        scopes: ['*'],
        mintedBy: ['user'],
        lifetime: { default: days(90), max: days(365) },
      },
      agent: {
        prefix: 'sk_agent',
        bound: 'users',
        scopes: ['*'],
        mintedBy: ['user', 'agent'],
        lifetime: { default: days(90), max: days(365) },
      },
      // One run and nothing else.
      worker: {
        prefix: 'sk_worker',
        bound: ['organizations/experiments/variations/runs', 'users/experiments/variations/runs'],
        scopes: ['runs:*'],
        mintedBy: ['users', 'user', 'agent'],
        lifetime: 'untilEnded',
      },
    },
  })
}

export default defineMethodic(outsideIssuer(process.env) ?? [])
