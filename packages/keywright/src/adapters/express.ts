export { expressGuard } from '@keywright/verifier/express'
export type {
  ExpressGuard,
  GuardOptions,
  GuardSettings,
  Refusal,
} from '@keywright/verifier/express'
