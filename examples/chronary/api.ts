// Chronary's API: an app of routes over an authority and the API's own data. It knows no secret of a key: guards read
// the request, and the key's holder comes back as a principal.

import Fastify from 'fastify'
import type { FastifyError, FastifyInstance } from 'fastify'
import type { AuthorityOf, CodedRefusal } from 'keywright'
import { refusalOfError } from 'keywright'
import { fastifyGuard } from 'keywright/fastify'
import type definition from './authority.ts'
import type { Data } from './data/open.ts'
import { agentRoutes } from './routes/agents.ts'
import { availabilityRoutes } from './routes/availability.ts'
import { calendarRoutes } from './routes/calendars.ts'
import { eventRoutes } from './routes/events.ts'
import { icalRoutes } from './routes/ical.ts'
import { keyRoutes } from './routes/keys.ts'
import { mcpRoutes } from './routes/mcp.ts'
import { meRoutes } from './routes/me.ts'
import { usageRoutes } from './routes/usage.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { Courier } from './courier.ts'

const BODY_BYTES_MAX = 64 * 1024

export type ChronaryAuthority = AuthorityOf<typeof definition>

export interface ApiOptions {
  readonly authority: ChronaryAuthority
  readonly data: Data
  /** Epoch milliseconds. */
  readonly now?: () => number
  /** Takes a line about what failed on our side. */
  readonly log?: (line: string) => void
}

/** What every group of routes is given. */
export interface Api {
  readonly app: FastifyInstance
  readonly authority: ChronaryAuthority
  readonly guard: ReturnType<typeof makeGuard>
  readonly data: Data
  readonly courier: Courier
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
  const courier = new Courier(data.webhooks, now)
  const api: Api = { app, authority, guard, data, courier, now }
  const groups = [
    meRoutes,
    agentRoutes,
    calendarRoutes,
    eventRoutes,
    availabilityRoutes,
    icalRoutes,
  ]
  for (const add of [...groups, keyRoutes, webhookRoutes, usageRoutes, mcpRoutes]) add(api)
  app.setNotFoundHandler((request, reply) => guard.refuse(request, reply, NOTHING_HERE))
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { refusal, isOurs } = refusalOfError(error)
    if (isOurs) {
      log(`${request.method} ${request.routeOptions.url}: ${error.stack ?? error.message}`)
    }
    return guard.refuse(request, reply, refusal)
  })
  app.addHook('onClose', () => courier.idle())
  return app
}

function makeGuard(authority: ChronaryAuthority, log: (line: string) => void) {
  return fastifyGuard(authority, { onError: (error) => log(`guard: ${String(error)}`) })
}

const NOTHING_HERE: CodedRefusal = {
  code: 'not_found',
  detail: 'There is nothing at this address.',
}
