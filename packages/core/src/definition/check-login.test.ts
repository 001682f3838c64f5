import { expect, it } from 'vitest'
import { defineAuthority } from './define.ts'
import { DefinitionError } from './error.ts'

const right = {
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: {} },
  scopes: ['films:read'],
  roles: { owner: ['*'] },
  keys: {
    org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] },
    personal: { prefix: 'ac_pk', bound: 'users', scopes: ['*'] },
    one: { prefix: 'ac_ok', bound: 'users', scopes: ['*'], single: true },
  },
  login: { kind: 'personal', clients: { acme: { name: 'Acme CLI' } } },
}

function placesOf(change: object): string[] {
  try {
    defineAuthority({ ...right, ...change } as unknown as Parameters<typeof defineAuthority>[0])
    return []
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    return error.problems.map(({ place }) => place)
  }
}

it('compiles to clients by id, with the device login on', () => {
  const { login } = defineAuthority(right as unknown as Parameters<typeof defineAuthority>[0])
  expect(login).toEqual({
    kind: 'personal',
    clients: new Map([['acme', { id: 'acme', name: 'Acme CLI' }]]),
    hasDevice: true,
  })
})

it('is refused with its place where it cannot be right', () => {
  const clients = { acme: { name: 'Acme CLI' } }
  const wrong: readonly [object, string[]][] = [
    [{}, []],
    [{ login: { kind: 'personal', clients, device: false } }, []],
    [{ login: 'personal' }, ['login']],
    [{ login: { kind: 'org', clients } }, ['login.kind']],
    [{ login: { kind: 'one', clients } }, ['login.kind']],
    [{ login: { kind: 'personal', clients: {} } }, ['login.clients']],
    [{ login: { kind: 'personal' } }, ['login.clients']],
    [{ login: { kind: 'personal', clients: { 'A b': { name: 'x' } } } }, ['login.clients.A b']],
    [{ login: { kind: 'personal', clients: { acme: {} } } }, ['login.clients.acme.name']],
    [{ login: { kind: 'personal', clients: { acme: null } } }, ['login.clients.acme.name']],
    [{ login: { kind: 'personal', clients, device: 'no' } }, ['login.device']],
    [{ login: { kind: 'personal', clients, devices: false } }, ['login.devices']],
    [
      { login: { kind: 'personal', clients: { acme: { name: 'x', secret: 'y' } } } },
      ['login.clients.acme.secret'],
    ],
    [{ roles: { owner: ['films:read'] } }, ['roles.owner']],
  ]
  for (const [change, places] of wrong) {
    expect([change, placesOf(change)]).toEqual([change, places])
  }
})
