// What must not compile. `tsc` reads this file; a check that would pass is an error by itself.

import { perMonth, perSecond } from '../limit/limit.ts'
import { defineAuthority } from './define.ts'
import type { RoleOf } from './definition.ts'

const product = { name: 'Acme', slug: 'acme' }
const resources = { organizations: { agents: {} } }

export const right = defineAuthority({
  product,
  resources,
  scopes: ['agents:read', 'agents:write'],
  modes: ['live', 'test'],
  keys: {
    org: { prefix: 'a', bound: 'organizations', scopes: ['*'] },
    agent: {
      prefix: 'b',
      bound: 'organizations/agents',
      scopes: ['agents:*', 'keys:read'],
      mintedBy: ['org'],
    },
  },
  limits: {
    rate: [perSecond(10), perSecond(5).burst(9).on('agent')],
    quota: perMonth(10).of('organizations').in('live'),
  },
})

defineAuthority({
  product,
  resources,
  scopes: ['agents:read'],
  keys: {
    // @ts-expect-error -- an undeclared scope
    org: { prefix: 'a', bound: 'organizations', scopes: ['agents:fly'] },
    // @ts-expect-error -- a pattern that is not in the tree
    team: { prefix: 'b', bound: 'organizations/teams', scopes: ['*'] },
    // @ts-expect-error -- an unknown minter
    agent: { prefix: 'c', bound: 'organizations/agents', scopes: ['*'], mintedBy: ['boss'] },
  },
})

defineAuthority({
  product,
  resources,
  // @ts-expect-error -- a scope without a verb
  scopes: ['agents'],
  keys: { org: { prefix: 'a', bound: 'organizations', scopes: ['*'] } },
})

defineAuthority({
  product,
  resources,
  scopes: ['agents:read'],
  keys: { org: { prefix: 'a', bound: 'organizations', scopes: ['*'] } },
  limits: {
    // @ts-expect-error -- a limit on an undeclared kind
    rate: perSecond(1).on('boss'),
    // @ts-expect-error -- a limit in an undeclared mode
    quota: perMonth(1).in('live'),
  },
})

export const withRoles = defineAuthority({
  product,
  resources,
  scopes: ['agents:read'],
  roles: { owner: ['*'], reader: ['agents:read', 'members:read'] },
  keys: {
    personal: { prefix: 'p', bound: 'users', scopes: ['*'] },
    org: { prefix: 'a', bound: 'organizations', scopes: ['*'], mintedBy: ['users', 'personal'] },
  },
  limits: { quota: perMonth(10).of('users').on('personal') },
})

export const inTwoPlaces = defineAuthority({
  product,
  resources: { ...resources, users: { agents: {} } },
  scopes: ['agents:read'],
  roles: { owner: ['*'] },
  keys: {
    agent: { prefix: 'b', bound: ['organizations/agents', 'users/agents'], scopes: ['*'] },
    // @ts-expect-error -- one of two patterns is not in the tree
    bot: { prefix: 'c', bound: ['organizations/agents', 'users/bots'], scopes: ['*'] },
  },
})

export const roles: readonly RoleOf<typeof withRoles>[] = ['owner', 'reader']

// @ts-expect-error -- an undeclared role
export const noRole: RoleOf<typeof withRoles> = 'emperor'

defineAuthority({
  product,
  resources,
  scopes: ['agents:read'],
  // @ts-expect-error -- a role of an undeclared scope
  roles: { owner: ['agents:fly'] },
  keys: { org: { prefix: 'a', bound: 'organizations', scopes: ['*'] } },
})

defineAuthority({
  product,
  resources,
  scopes: ['agents:read'],
  keys: { org: { prefix: 'a', bound: 'organizations', scopes: ['*'] } },
  issuers: [
    {
      issuer: 'https://auth.acme.com',
      audience: 'https://api.acme.com',
      // @ts-expect-error -- a symmetric algorithm
      algorithms: ['RS256', 'HS256'],
    },
  ],
})
