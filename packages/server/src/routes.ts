import type { FastifyPluginAsync } from 'fastify'
import { openDoor } from './door/door.ts'
import type { RoutesOptions } from './options.ts'
import { mount } from './routes/mount.ts'

/**
 * Keywright's routes as a Fastify plugin, for an app of your own: `app.register(keywrightRoutes, { authority, … })`,
 * with a `prefix` if you like. The app keeps its own 404, body limits, request ids and log.
 */
export const keywrightRoutes: FastifyPluginAsync<RoutesOptions> = async (app, options) =>
  mount(app, openDoor(options))
