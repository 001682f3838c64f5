import { describe, expect, it } from 'vitest'
import { perMonth, perSecond } from '../limit/limit.ts'
import { defineAuthority } from './define.ts'
import { DefinitionError } from './error.ts'
import type { DefinitionProblem } from './error.ts'

const good = {
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: { agents: {} }, workspaces: {} },
  scopes: ['agents:read', 'agents:write'],
  keys: {
    org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] },
    agent: {
      prefix: 'ac_ak',
      bound: 'organizations/agents',
      scopes: ['agents:*'],
      mintedBy: ['org'],
    },
  },
}

/** A definition as plain JavaScript would write it: types do not protect it. */
function problemsOf(change: object): readonly DefinitionProblem[] {
  try {
    defineAuthority({ ...good, ...change } as never)
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems
    throw error
  }
  return []
}

function withKind(change: object): object {
  return { keys: { ...good.keys, agent: { ...good.keys.agent, ...change } } }
}

describe('a right definition', () => {
  it('names every head that its secrets can have', () => {
    const definition = defineAuthority({ ...good, modes: ['live', 'test'] } as never)
    expect([...definition.heads.keys()]).toEqual([
      'ac_sk_live',
      'ac_sk_test',
      'ac_ak_live',
      'ac_ak_test',
    ])
  })

  it("has Keywright's own scopes besides its own", () => {
    expect(defineAuthority(good as never).scopes).toContain('keys:verify')
  })

  it('knows what each role gives, and the pattern of people where there are roles', () => {
    const roles = { owner: ['*'], reader: ['agents:read', 'members:*'] }
    const definition = defineAuthority({ ...good, roles } as never)
    expect(definition.roles.get('owner')).toEqual(definition.scopes)
    const reader = ['agents:read', 'members:read', 'members:write']
    expect(definition.roles.get('reader')).toEqual(reader)
    expect(definition.patterns.has('users')).toBe(true)
    expect(defineAuthority(good as never).patterns.has('users')).toBe(false)
  })

  it('binds keys to people, who mint where their role lets them, as their keys do', () => {
    const keys = {
      personal: { prefix: 'ac_pk', bound: 'users', scopes: ['*'] },
      org: { ...good.keys.org, mintedBy: ['users', 'personal'] },
    }
    expect(problemsOf({ roles: { owner: ['*'] }, keys })).toEqual([])
  })

  it('binds one kind in several places, as below organizations and below the spaces of people', () => {
    const definition = defineAuthority({
      ...good,
      roles: { owner: ['*'] },
      resources: { ...good.resources, users: { agents: {} } },
      ...withKind({ bound: ['organizations/agents', 'users/agents'] }),
    } as never)
    expect(definition.kinds.get('agent')?.bound).toEqual(['organizations/agents', 'users/agents'])
    expect([...definition.patterns].filter((pattern) => pattern.startsWith('users'))).toEqual([
      'users',
      'users/agents',
    ])
  })

  it('applies each limit to the kinds and the mode it names', () => {
    const { kinds } = defineAuthority({
      ...good,
      modes: ['live', 'test'],
      limits: {
        rate: perSecond(10).burst(20),
        quota: perMonth(100).of('organizations').in('live'),
      },
    } as never)
    const agent = kinds.get('agent')
    expect(agent?.limits.get('test')).toMatchObject({
      rates: [{ name: 'rate', gcra: { burst: 20 }, sharedDepth: 0 }],
      quotas: [],
    })
    expect(agent?.limits.get('live')?.quotas).toMatchObject([{ units: 100, sharedDepth: 2 }])
  })
})

describe('a wrong definition is refused when it loads, with place and fix:', () => {
  it.each([
    ['no scopes', { scopes: undefined }, 'scopes'],
    ['no product', { product: undefined }, 'product'],
    ['a slug that is none', { product: { name: 'A', slug: 'A B' } }, 'product'],
    ['no resources', { resources: {} }, 'resources'],
    ['a collection that is none', { resources: { ...good.resources, 'A/b': {} } }, 'resources.A/b'],
    ['no kinds', { keys: {} }, 'keys'],
    ['a scope without a verb', { scopes: ['agents'] }, 'scopes[0]'],
    ['a wildcard among the scopes', { scopes: [...good.scopes, 'a:*'] }, 'scopes[2]'],
    ['a reserved noun', { scopes: [...good.scopes, 'keys:eat'] }, 'scopes[2]'],
    ['another reserved noun', { scopes: [...good.scopes, 'members:eat'] }, 'scopes[2]'],
    [
      'spaces of people without roles',
      { resources: { ...good.resources, users: {} } },
      'resources.users',
    ],
    [
      'a collection below spaces that is none',
      { roles: { owner: ['*'] }, resources: { ...good.resources, users: { 'A/b': {} } } },
      'resources.users.A/b',
    ],
    ['a binding to no pattern', withKind({ bound: [] }), 'keys.agent.bound'],
    [
      'one of two bindings to nothing',
      withKind({ bound: ['organizations/agents', 'organizations/teams'] }),
      'keys.agent.bound',
    ],
    [
      'a binding to people and others',
      { roles: { owner: ['*'] }, ...withKind({ bound: ['organizations/agents', 'users'] }) },
      'keys.agent.bound',
    ],
    [
      'a shared limit above one of two bindings',
      {
        ...withKind({ bound: ['organizations/agents', 'workspaces'] }),
        limits: { rate: perSecond(1).of('organizations') },
      },
      'limits.rate[0].of',
    ],
    ['no owner', { roles: { reader: ['*'] } }, 'roles'],
    ['no role', { roles: {} }, 'roles'],
    ['an owner who is not first', { roles: { reader: ['*'], owner: ['*'] } }, 'roles'],
    ['a role that is none', { roles: { owner: ['*'], 'A B': ['*'] } }, 'roles.A B'],
    ['a role of nothing', { roles: { owner: [] } }, 'roles.owner'],
    ['a role of no scope', { roles: { owner: ['agents:fly'] } }, 'roles.owner[0]'],
    ['keys of people without roles', withKind({ bound: 'users' }), 'keys.agent.bound'],
    ['people who mint without roles', withKind({ mintedBy: ['users'] }), 'keys.agent.mintedBy[0]'],
    [
      'a kind called like people',
      { keys: { users: { prefix: 'ac_u', bound: 'organizations', scopes: ['*'] } } },
      'keys.users',
    ],
    [
      'keys of people minted by others',
      { roles: { owner: ['*'] }, ...withKind({ bound: 'users', mintedBy: ['org'] }) },
      'keys.agent.mintedBy[0]',
    ],
    ['a scope twice', { scopes: [...good.scopes, 'agents:read'] }, 'scopes[2]'],
    ['a mode that cannot be written', { modes: ['Live'] }, 'modes[0]'],
    ['a header that is none of ours', { headers: ['cookie'] }, 'headers[0]'],
    [
      'a kind whose name no header can carry',
      { keys: { ...good.keys, 组织: good.keys.org } },
      'keys.组织',
    ],
    ['the same prefix twice', withKind({ prefix: 'ac_sk' }), 'keys.agent.prefix'],
    ['a prefix that cannot be written', withKind({ prefix: 'ac__x' }), 'keys.agent.prefix'],
    ['a prefix that ends in an underscore', withKind({ prefix: 'ac_' }), 'keys.agent.prefix'],
    ['a binding to nothing', withKind({ bound: 'organizations/teams' }), 'keys.agent.bound'],
    ['a scope nobody declares', withKind({ scopes: ['agents:fly'] }), 'keys.agent.scopes[0]'],
    ['a kind that may do nothing', withKind({ scopes: [] }), 'keys.agent.scopes'],
    ['an unknown minter', withKind({ mintedBy: ['boss'] }), 'keys.agent.mintedBy[0]'],
    ['a minter bound elsewhere', withKind({ bound: 'workspaces' }), 'keys.agent.mintedBy[0]'],
    ['a lifetime in words', withKind({ lifetime: 'forever' }), 'keys.agent.lifetime'],
    ['a lifetime of nothing', withKind({ lifetime: { max: 0 } }), 'keys.agent.lifetime'],
    [
      'a default over the maximum',
      withKind({ lifetime: { default: 9, max: 8 } }),
      'keys.agent.lifetime',
    ],
    ['a rate of nothing', { limits: { rate: perSecond(0) } }, 'limits.rate[0]'],
    [
      'a rate for an unknown kind',
      { limits: { rate: perSecond(1).on('boss') } },
      'limits.rate[0].on',
    ],
    [
      'a quota for an unknown mode',
      { limits: { quota: perMonth(1).in('live') } },
      'limits.quota[0].in',
    ],
    [
      'a shared limit above nothing',
      { limits: { rate: perSecond(1).of('workspaces') } },
      'limits.rate[0].of',
    ],
    [
      'a child freer than its minter',
      { limits: { rate: perSecond(1).on('org') } },
      'limits.rate[0]',
    ],
    ['a misspelt part', { limts: { rate: perSecond(1) } }, 'limts'],
    [
      'a misspelt field of the product',
      { product: { ...good.product, slog: 'a' } },
      'product.slog',
    ],
    ['a misspelt field of a kind', withKind({ mintetBy: ['org'] }), 'keys.agent.mintetBy'],
    ['a misspelt lifetime', withKind({ lifetime: { maximum: 9 } }), 'keys.agent.lifetime.maximum'],
    ['a misspelt limit', { limits: { rates: perSecond(1) } }, 'limits.rates'],
  ])('%s', (_, change, place) => {
    const problems = problemsOf(change)
    expect(problems.map((problem) => problem.place)).toContain(place)
    for (const problem of problems) expect(problem.fix).not.toBe('')
  })

  it('two kinds whose prefixes meet only with a mode', () => {
    const problems = problemsOf({ modes: ['live'], ...withKind({ prefix: 'ac_sk_live' }) })
    expect(problems).toEqual([])
    const meeting = problemsOf({
      modes: ['live', 'test'],
      keys: {
        org: { prefix: 'ac', bound: 'organizations', scopes: ['*'] },
        agent: { prefix: 'ac', bound: 'organizations/agents', scopes: ['*'] },
      },
    })
    expect(meeting.map((problem) => problem.place)).toEqual([
      'keys.agent.prefix',
      'keys.agent.prefix',
    ])
  })

  it('everything at once, not one error a start', () => {
    const problems = problemsOf({ scopes: ['agents'], ...withKind({ bound: 'x' }) })
    expect(problems.length).toBeGreaterThan(1)
  })
})
