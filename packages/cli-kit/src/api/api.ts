/** What commands ask of the product's server, over the brand's routes. */
import type { Route } from '@keywright/client'
import type { Json } from '../output/output.ts'

export interface ApiRequest {
  /** Values for the `{names}` in the path. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Json
  /** Without the credential: what the body shows is enough. */
  readonly isAnonymous?: boolean
  /** Null for a request that must not be made again by itself. */
  readonly idempotencyKey?: null
}

export interface Api {
  /** The base URL, as it is shown and stored. */
  readonly server: string
  /** The answer's document. @throws Failure with the exit code that fits the status, or what the network did */
  call(route: Route, request?: ApiRequest): Promise<unknown>
}
