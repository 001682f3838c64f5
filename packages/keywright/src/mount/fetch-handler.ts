import type { Authority } from '@keywright/core'
import { fetchHandler } from '@keywright/server'
import type { MountOptions } from './mount-options.ts'
import { routesOptions } from './mount-options.ts'

export interface HandlerOptions extends MountOptions {
  /** The address a request came from. Without it guesses are not slowed down by network: a Request does not say. */
  readonly addressOf?: (request: Request) => string | undefined
}

/**
 * Keywright's own routes for whatever speaks `fetch`: Hono, Bun, Deno, a worker.
 *
 * @example
 * const keywright = keywrightHandler(authority)
 * app.all('/v1/*', (c) => keywright(c.req.raw))
 */
export function keywrightHandler(
  authority: Authority,
  options: HandlerOptions = {},
): (request: Request) => Promise<Response> {
  const { addressOf, ...rest } = options
  const routes = routesOptions(authority, rest)
  return fetchHandler(addressOf === undefined ? routes : { ...routes, addressOf })
}
