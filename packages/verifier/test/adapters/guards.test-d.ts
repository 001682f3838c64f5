// What guards accept and give, as types. `tsc` reads this file; a check that would pass is an error by itself.

import type { KindOf, ModeOf, Principal, ScopeOf, Verifier } from '@keywright/core'
import { defineAuthority } from '@keywright/core'
import type { Express } from 'express'
import type { FastifyInstance, FastifyTypeProvider } from 'fastify'
import type { Hono } from 'hono'
import { expressGuard } from '../../src/adapters/express.ts'
import { fastifyGuard } from '../../src/adapters/fastify.ts'
import { fetchGuard } from '../../src/adapters/fetch.ts'
import { honoGuard } from '../../src/adapters/hono.ts'

const definition = defineAuthority({
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: { agents: {} } },
  scopes: ['agents:read'],
  modes: ['live', 'test'],
  keys: {
    org: { prefix: 'a', bound: 'organizations', scopes: ['*'] },
    agent: { prefix: 'b', bound: 'organizations/agents', scopes: ['agents:read'] },
  },
})

type D = typeof definition
type Caller = Principal<'org' | 'agent', 'live' | 'test'>

/** Compiles only when both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function same<A, B>(_: Same<A, B>): void {}

export function fetchTypes(authority: Verifier<ScopeOf<D>, KindOf<D>, ModeOf<D>>): void {
  const guard = fetchGuard(authority)
  guard('agents:read', (_, { principal }) => {
    same<typeof principal, Caller>(true)
    return new Response()
  })
  guard((_, { principal }) => new Response(principal.keyId))
  guard('keys:read', { mode: 'live', cost: 2 }, () => new Response())
  // @ts-expect-error -- an undeclared scope
  guard('agents:fly', () => new Response())
  // @ts-expect-error -- an undeclared mode
  guard('agents:read', { mode: 'staging' }, () => new Response())
  // @ts-expect-error -- no handler
  guard('agents:read')
}

export function honoTypes(authority: Verifier<ScopeOf<D>, KindOf<D>, ModeOf<D>>, app: Hono): void {
  const guard = honoGuard(authority)
  app.get('/v1/agents/:id', guard('agents:read', { mode: 'test' }), guard(), (c) => {
    const principal = c.get('principal')
    same<typeof principal, Caller>(true)
    return c.text(c.req.param('id'))
  })
  // @ts-expect-error -- an undeclared scope
  guard('agents:fly')
  // @ts-expect-error -- an undeclared mode
  guard('agents:read', { mode: 'staging' })
}

export function expressTypes(
  authority: Verifier<ScopeOf<D>, KindOf<D>, ModeOf<D>>,
  app: Express,
): void {
  const guard = expressGuard(authority)
  app.get('/v1/agents/:id', guard('agents:read'), guard(), (req, res) => {
    const principal = guard.principal(req)
    same<typeof principal, Caller>(true)
    same<typeof req.principal, Principal>(true)
    same<typeof req.params.id, string>(true)
    res.end()
  })
  // @ts-expect-error -- an undeclared scope
  guard('agents:fly')
  // @ts-expect-error -- an undeclared mode
  guard('agents:read', { mode: 'staging' })
}

interface OtherProvider extends FastifyTypeProvider {
  validator: this['schema'] extends { is: infer T } ? T : unknown
  serializer: this['schema'] extends { is: infer T } ? T : unknown
}

export function fastifyTypes(
  authority: Verifier<ScopeOf<D>, KindOf<D>, ModeOf<D>>,
  app: FastifyInstance,
): void {
  const guard = fastifyGuard(authority)
  app.get<{ Params: { id: string }; Reply: { id: string } }>(
    '/v1/agents/:id',
    { onRequest: guard(), preHandler: [guard('agents:read'), guard('keys:read')] },
    (request) => {
      const principal = guard.principal(request)
      same<typeof principal, Caller>(true)
      same<typeof request.principal, Principal>(true)
      return { id: request.params.id }
    },
  )
  const response = { 200: { is: { id: '' } } }
  app
    .withTypeProvider<OtherProvider>()
    .get('/', { schema: { response }, preHandler: guard('agents:read') }, (request) => ({
      id: guard.principal(request).holder,
    }))
  app.addHook('onRequest', guard())
  // @ts-expect-error -- an undeclared scope
  guard('agents:fly')
  // @ts-expect-error -- an undeclared mode
  guard('agents:read', { mode: 'staging' })
}
