import type { Accounts } from '@keywright/contract'
import type { Authority, Clock } from '@keywright/core'
import type { RandomBytes } from '@keywright/token'

/** What the routes run on. */
export interface RoutesOptions {
  readonly authority: Authority
  readonly clock: Clock
  readonly random: RandomBytes
  /** Takes one JSON line a request, without its line end. Without it nothing is logged. */
  readonly log?: (line: string) => void
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-For` is believed; default none. */
  readonly trustedProxies?: readonly string[]
  /** Whose people sign in here. Without them there are no pages. */
  readonly accounts?: Accounts
}
