export { fastifyGuard } from '@keywright/verifier/fastify'
export type {
  FastifyGuard,
  GuardOptions,
  GuardSettings,
  Refusal,
} from '@keywright/verifier/fastify'
