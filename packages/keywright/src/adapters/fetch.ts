export { fetchGuard } from '@keywright/verifier/fetch'
export type {
  FetchGuard,
  FetchGuardSettings,
  FetchHandler,
  GuardedHandler,
  GuardOptions,
  Refusal,
  RouteParams,
} from '@keywright/verifier/fetch'
export { keywrightHandler } from '../mount/fetch-handler.ts'
export type { HandlerOptions } from '../mount/fetch-handler.ts'
