export { fastifyGuard } from '@keywright/verifier/fastify'
export type {
  FastifyGuard,
  GuardOptions,
  GuardSettings,
  Refusal,
} from '@keywright/verifier/fastify'
export { keywrightRoutes } from '../mount/fastify-routes.ts'
export type { MountOptions } from '../mount/mount-options.ts'
