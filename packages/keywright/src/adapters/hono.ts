export { honoGuard } from '@keywright/verifier/hono'
export type {
  GuardEnv,
  GuardOptions,
  HonoGuard,
  HonoGuardSettings,
  Refusal,
} from '@keywright/verifier/hono'
