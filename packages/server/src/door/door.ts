// What all routes share: the authority behind them and everything the outside gave. Made once; nothing of a single
// request is kept here.

import type { Accounts } from '@keywright/contract'
import type { Authority, Clock } from '@keywright/core'
import type { RandomBytes } from '@keywright/token'
import type { RoutesOptions } from '../options.ts'
import { RequestIds } from '../request/request-ids.ts'
import { TrustedProxies } from '../request/trusted-proxies.ts'
import type { LoginAttempts } from './login-attempts.ts'
import { loginAttempts } from './login-attempts.ts'
import { Traffic } from './traffic.ts'

export interface Door {
  readonly authority: Authority
  readonly clock: Clock
  readonly random: RandomBytes
  /** Protection space of challenges. */
  readonly realm: string
  readonly scopes: ReadonlySet<string>
  readonly modes: ReadonlySet<string>
  readonly requestIds: RequestIds
  readonly proxies: TrustedProxies
  readonly traffic: Traffic
  readonly loginAttempts: LoginAttempts
  /** Undefined where nobody signs in. */
  readonly accounts: Accounts | undefined
  /** Set when the server is to end: it reports not ready and asks clients to let go of their connections. */
  isDraining: boolean
}

/** @throws TypeError for a trusted proxy that is neither an address nor a range */
export function openDoor(options: RoutesOptions): Door {
  const { authority, clock, random, log, trustedProxies = [], accounts } = options
  const { definition } = authority
  return {
    authority,
    clock,
    random,
    realm: definition.product.slug,
    scopes: new Set(definition.scopes),
    modes: new Set(definition.modes),
    requestIds: new RequestIds(random),
    proxies: new TrustedProxies(trustedProxies),
    traffic: new Traffic(clock, log),
    loginAttempts: loginAttempts(clock),
    accounts,
    isDraining: false,
  }
}
