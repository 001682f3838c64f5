export { expressGuard } from '@keywright/verifier/express'
export type { ExpressGuard, GuardOptions, GuardSettings } from '@keywright/verifier/express'
