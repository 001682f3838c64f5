// Chronary's API with modes. The mode comes from the key alone: it chooses the data file that a request works on, so
// that no query can reach across.

import type { HttpBindings } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { routePath } from 'hono/route'
import type { AuthorityOf, CodedRefusal, KindOf, ModeOf } from 'keywright'
import { refusalOfError } from 'keywright'
import type { GuardEnv } from 'keywright/hono'
import { honoGuard } from 'keywright/hono'
import type definition from './authority.ts'
import { Courier } from './courier.ts'
import type { Data } from './data/open.ts'
import { agentRoutes } from './routes/agents.ts'
import { keyRoutes } from './routes/keys.ts'
import { webhookRoutes } from './routes/webhooks.ts'

const BODY_BYTES_MAX = 64 * 1024

type ChronaryAuthority = AuthorityOf<typeof definition>

export interface ApiOptions {
  readonly authority: ChronaryAuthority
  readonly data: Data
  /** Epoch milliseconds. */
  readonly now?: () => number
  /** Takes a line about what failed on our side. */
  readonly log?: (line: string) => void
}

type Env = GuardEnv<KindOf<typeof definition>, ModeOf<typeof definition>> & {
  Bindings: HttpBindings
}

/** What every group of routes is given. */
export interface Api {
  readonly app: Hono<Env>
  readonly authority: ChronaryAuthority
  readonly guard: ReturnType<typeof makeGuard>
  readonly data: Data
  readonly courier: Courier
  readonly now: () => number
}

/** Makes the app; `idle` resolves when no webhook is on its way any more. */
export function createApi(options: ApiOptions): { app: Hono<Env>; idle: () => Promise<void> } {
  const { authority, data, now = Date.now, log = () => {} } = options
  const app = new Hono<Env>()
  const guard = makeGuard(authority, log)
  const courier = new Courier(now)
  app.use((c, next) => {
    c.header('x-request-id', guard.requestId(c))
    return next()
  })
  app.use(bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (c) => guard.refuse(c, TOO_LARGE) }))
  const api: Api = { app, authority, guard, data, courier, now }
  for (const add of [agentRoutes, keyRoutes, webhookRoutes]) add(api)
  app.notFound((c) => guard.refuse(c, NOTHING_HERE))
  app.onError((error, c) => {
    log(`${c.req.method} ${routePath(c)}: ${error.stack ?? error.message}`)
    return guard.refuse(c, refusalOfError(error).refusal)
  })
  return { app, idle: () => courier.idle() }
}

function makeGuard(authority: ChronaryAuthority, log: (line: string) => void) {
  return honoGuard(authority, {
    onError: (error) => log(`guard: ${String(error)}`),
    network: (c) => getConnInfo(c).remote.address,
  })
}

const NOTHING_HERE: CodedRefusal = {
  code: 'not_found',
  detail: 'There is nothing at this address.',
}
const TOO_LARGE: CodedRefusal = {
  code: 'body_too_large',
  detail: `A body has at most ${BODY_BYTES_MAX} bytes.`,
}
