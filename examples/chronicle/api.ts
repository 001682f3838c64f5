// Chronicle's API: presentations under /api/v1/ for applications, keys under /settings/api/ for the web app.

import express from 'express'
import type { ErrorRequestHandler, Express } from 'express'
import type { AuthorityOf, CodedRefusal } from 'keywright'
import { refusalOfError } from 'keywright'
import { expressGuard } from 'keywright/express'
import type definition from './authority.ts'
import type { Presentations } from './data/presentations.ts'
import { keyRoutes } from './routes/keys.ts'
import { presentationRoutes } from './routes/presentations.ts'

const BODY_BYTES_MAX = 64 * 1024

export type ChronicleAuthority = AuthorityOf<typeof definition>

export interface ApiOptions {
  readonly authority: ChronicleAuthority
  readonly data: { readonly presentations: Presentations }
  /** Epoch milliseconds. */
  readonly now?: () => number
  /** Takes a line about what failed on our side. */
  readonly log?: (line: string) => void
}

/** What every group of routes is given. */
export interface Api {
  readonly app: Express
  readonly authority: ChronicleAuthority
  readonly guard: ReturnType<typeof makeGuard>
  /** Reads a JSON body; stands after the guard, so that strangers send none. */
  readonly json: express.RequestHandler
  readonly presentations: Presentations
  readonly now: () => number
}

/** Makes the app; the caller listens, and closes authority and data after it. */
export function createApi(options: ApiOptions): Express {
  const { authority, data, now = Date.now, log = () => {} } = options
  const app = express().disable('x-powered-by')
  const guard = makeGuard(authority, log)
  app.use((req, res, next) => {
    res.set('x-request-id', guard.requestId(req))
    next()
  })
  const json = express.json({ limit: BODY_BYTES_MAX, strict: false })
  const { presentations } = data
  for (const add of [presentationRoutes, keyRoutes]) {
    add({ app, authority, guard, json, presentations, now })
  }
  app.use((req, res) => guard.refuse(req, res, NOTHING_HERE))
  // oxlint-disable-next-line max-params -- Express tells an error handler by its four parameters
  const onError: ErrorRequestHandler = (error: unknown, req, res, _next) => {
    const { refusal, isOurs } = refusalOfError(error)
    if (isOurs) {
      log(`${req.method}: ${error instanceof Error ? error.stack : 'thrown'}`)
    }
    guard.refuse(req, res, refusal)
  }
  app.use(onError)
  return app
}

function makeGuard(authority: ChronicleAuthority, log: (line: string) => void) {
  return expressGuard(authority, { onError: (error) => log(`guard: ${String(error)}`) })
}

const NOTHING_HERE: CodedRefusal = {
  code: 'not_found',
  detail: 'There is nothing at this address.',
}
