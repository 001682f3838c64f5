export { honoGuard } from '@keywright/verifier/hono'
export type { GuardEnv, GuardOptions, HonoGuard, HonoGuardSettings } from '@keywright/verifier/hono'
