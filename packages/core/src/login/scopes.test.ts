import { expect, it } from 'vitest'
import { fc, property } from '../../testing/index.ts'
import { defineAuthority } from '../definition/define.ts'
import type { Login } from './login.ts'
import { isAdministrative, readScopes, scopesOfLogin } from './scopes.ts'

const definition = defineAuthority({
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: {} },
  scopes: ['films:read', 'films:write', 'other:read', 'providers:read'],
  roles: { owner: ['*'] },
  keys: { personal: { prefix: 'ac_pk', bound: 'users', scopes: ['films:*', 'keys:*'] } },
  login: { kind: 'personal', clients: { acme: { name: 'Acme CLI' } } },
})
const login = definition.login as Login

it('reads scopes that the kind has, and leaves out what is left out', () => {
  const read = (text?: string) => {
    const outcome = readScopes(definition, login, text)
    return outcome.ok ? outcome.scopes : outcome.error
  }
  expect(read()).toBeNull()
  expect(read('films:read keys:read films:read')).toEqual(['films:read', 'keys:read'])
  expect(read('films:*')).toEqual(['films:*'])
  for (const text of ['other:read', '*', '', ' ', 'films:read,films:write', 'Films:read']) {
    expect(read(text), text).toBe('invalid_scope')
  }
})

property(
  [
    fc.array(fc.constantFrom(...definition.scopes, 'films:*', 'keys:*', '*', 'x'), {
      minLength: 1,
    }),
  ],
  'what is read never comes to more than the kind has',
  (wanted) => {
    const outcome = readScopes(definition, login, wanted.join(' '))
    if (!outcome.ok) return
    const all = scopesOfLogin(definition, login, null)
    for (const scope of scopesOfLogin(definition, login, outcome.scopes)) {
      expect(all).toContain(scope)
    }
  },
)

it('knows what administers keys, members and secrets', () => {
  const administrative = definition.scopes.filter((scope) => isAdministrative(scope))
  expect(administrative).toEqual(['providers:read', 'keys:write', 'members:write'])
  expect(isAdministrative('vault:read')).toBe(true)
})
