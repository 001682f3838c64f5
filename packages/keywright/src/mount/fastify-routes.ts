import type { Authority } from '@keywright/core'
import { keywrightRoutes as plugin } from '@keywright/server'
import type { FastifyInstance } from 'fastify'
import type { MountOptions } from './mount-options.ts'
import { routesOptions } from './mount-options.ts'

/**
 * Keywright's own routes as a Fastify plugin, beside those of an app. The app keeps its 404, body limits, request ids
 * and log.
 *
 * @example
 * await app.register(keywrightRoutes(authority))
 */
export function keywrightRoutes(
  authority: Authority,
  options: MountOptions = {},
): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    await app.register(plugin, routesOptions(authority, options))
  }
}
