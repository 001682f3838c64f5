export { fastifyGuard } from '@keywright/verifier/fastify'
export type { FastifyGuard, GuardOptions, GuardSettings } from '@keywright/verifier/fastify'
