// Methodic's API: an app of routes over an authority and the API's own data. It knows no secret but the worker keys it
// puts into the environment of the programs it starts: guards read the request, and the caller comes back as a
// principal.

import Fastify from 'fastify'
import type { FastifyError, FastifyInstance } from 'fastify'
import type { AuthorityOf, CodedRefusal } from 'keywright'
import { refusalOfError } from 'keywright'
import { fastifyGuard, keywrightRoutes } from 'keywright/fastify'
import type { defineMethodic } from './authority.ts'
import type { Data } from './data/open.ts'
import { apiKeyRoutes } from './routes/api-keys.ts'
import { assetRoutes } from './routes/assets.ts'
import { datasetRoutes } from './routes/datasets.ts'
import { experimentRoutes } from './routes/experiments.ts'
import { provisionRoutes } from './routes/provision.ts'
import { runRoutes } from './routes/runs.ts'
import { variationRoutes } from './routes/variations.ts'
import type { Runner } from './runner/runner.ts'

const BODY_BYTES_MAX = 64 * 1024

export type MethodicAuthority = AuthorityOf<ReturnType<typeof defineMethodic>>

export interface ApiOptions {
  readonly authority: MethodicAuthority
  readonly data: Data
  readonly runner: Runner
  /** Epoch milliseconds. */
  readonly now?: () => number
  /** Takes a line about what failed on our side. */
  readonly log?: (line: string) => void
}

/** What every group of routes is given. */
export interface Api {
  readonly app: FastifyInstance
  readonly authority: MethodicAuthority
  readonly guard: ReturnType<typeof makeGuard>
  readonly data: Data
  readonly runner: Runner
  readonly now: () => number
}

/** Makes the app; the caller listens and, after `app.close()`, stops the runner and closes authority and data. */
export function createApi(options: ApiOptions): FastifyInstance {
  const { authority, data, runner, now = Date.now, log = () => {} } = options
  const guard = makeGuard(authority, log)
  const app = Fastify({ bodyLimit: BODY_BYTES_MAX, genReqId: (raw) => guard.requestId(raw) })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  const api: Api = { app, authority, guard, data, runner, now }
  app.setNotFoundHandler((request, reply) => guard.refuse(request, reply, NOTHING_HERE))
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { refusal, isOurs } = refusalOfError(error)
    if (isOurs) {
      log(`${request.method} ${request.routeOptions.url}: ${error.stack ?? error.message}`)
    }
    return guard.refuse(request, reply, refusal)
  })
  readFormsAsJson(app)
  for (const add of [apiKeyRoutes, experimentRoutes, variationRoutes, runRoutes]) add(api)
  for (const add of [provisionRoutes, datasetRoutes, assetRoutes]) add(api)
  // /v1/me/scopes, organizations, their members and invitations are Keywright's own routes as they are.
  void app.register(keywrightRoutes(authority))
  return app
}

function makeGuard(authority: MethodicAuthority, log: (line: string) => void) {
  return fastifyGuard(authority, { onError: (error) => log(`guard: ${String(error)}`) })
}

// `curl -d '{…}'` says that it sends a form, and the documentation's own call is written so. Nothing here takes forms.
function readFormsAsJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, parse)
}

const NOTHING_HERE: CodedRefusal = {
  code: 'not_found',
  detail: 'There is nothing at this address.',
}
