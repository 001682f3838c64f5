// AutoLab's control node: its own routes over an authority, and Keywright's beside them (login, account pages, /v1/me).

import Fastify from 'fastify'
import type { FastifyError, FastifyInstance } from 'fastify'
import type { AuthorityOf, CodedRefusal, KindOf, ModeOf, Principal, ScopeOf } from 'keywright'
import { refusalOfError } from 'keywright'
import type { MountOptions } from 'keywright/fastify'
import { fastifyGuard, keywrightRoutes } from 'keywright/fastify'
import type definition from './authority.ts'
import type { Data } from './data/open.ts'
import { mistakenSecret } from './mistaken-secret.ts'
import { memberRoutes } from './routes/members.ts'
import { nodeRoutes } from './routes/nodes.ts'
import { projectRoutes } from './routes/projects.ts'
import { providerKeyRoutes } from './routes/provider-keys.ts'
import { tokenRoutes } from './routes/tokens.ts'
import { People } from './people.ts'

const BODY_BYTES_MAX = 64 * 1024

export type AutolabAuthority = AuthorityOf<typeof definition>
export type AutolabPrincipal = Principal<KindOf<typeof definition>, ModeOf<typeof definition>>
export type AutolabScope = ScopeOf<typeof definition>

export interface ApiOptions {
  readonly authority: AutolabAuthority
  readonly data: Data
  /** What Keywright's own routes run on besides. */
  readonly keywright?: MountOptions
  /** Epoch milliseconds. */
  readonly now?: () => number
  /** Takes a line about what failed on our side. */
  readonly log?: (line: string) => void
}

/** What every group of routes is given. */
export interface Api {
  readonly app: FastifyInstance
  readonly authority: AutolabAuthority
  readonly guard: ReturnType<typeof makeGuard>
  readonly data: Data
  readonly people: People
  readonly now: () => number
}

/** Makes the app; the caller listens and, after `app.close()`, closes authority and data. */
export function createApi(options: ApiOptions): FastifyInstance {
  const { authority, data, now = Date.now, log = () => {} } = options
  const guard = makeGuard(authority, log)
  const app = Fastify({ bodyLimit: BODY_BYTES_MAX, genReqId: (raw) => guard.requestId(raw) })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  const people = new People(authority, data.handles)
  const api: Api = { app, authority, guard, data, people, now }
  app.addHook('onRequest', async (request, reply) => {
    const mistaken = mistakenSecret(request.headers.authorization)
    return mistaken === undefined ? undefined : guard.refuse(request, reply, mistaken)
  })
  void app.register(keywrightRoutes(authority, options.keywright))
  const groups = [tokenRoutes, projectRoutes, memberRoutes, nodeRoutes, providerKeyRoutes]
  for (const add of groups) add(api)
  // Where a person comes out who opens the address that the server prints.
  if (options.keywright?.accounts !== undefined) {
    app.get('/', (_, reply) => reply.redirect('/account'))
  }
  app.setNotFoundHandler((request, reply) => guard.refuse(request, reply, NOTHING_HERE))
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { refusal, isOurs } = refusalOfError(error)
    if (isOurs) {
      log(`${request.method} ${request.routeOptions.url}: ${error.stack ?? error.message}`)
    }
    return guard.refuse(request, reply, refusal)
  })
  return app
}

function makeGuard(authority: AutolabAuthority, log: (line: string) => void) {
  return fastifyGuard(authority, { onError: (error) => log(`guard: ${String(error)}`) })
}

const NOTHING_HERE: CodedRefusal = {
  code: 'not_found',
  detail: 'There is nothing at this address.',
}
