// The verbs of pick-ups, as the rest sees them: sending on somebody's behalf, redeeming on nobody's.

import type { Outcome } from '../key/outcome.ts'
import type { CreatedPickup, CreatePickupRequest } from '../pickup/create.ts'
import type { ListPickupsRequest } from '../pickup/list.ts'
import type { Pickup } from '../pickup/pickup.ts'
import type { PickedUp, RedeemPickupRequest } from '../pickup/redeem.ts'
import type { GrantText } from './grant-text.ts'

/** Whoever may mint a key may send it. Refusals are values; a failure of storage throws `StoreUnavailable`. */
export interface PickupDesk<Kinds extends string = string, Scope extends string = string> {
  /** Promises a key to whoever redeems the code, which is in this answer only. */
  create(
    kind: Kinds,
    request: Omit<CreatePickupRequest, 'kind' | 'scopes'> & {
      readonly scopes?: readonly GrantText<Scope>[] | undefined
    },
  ): Promise<Outcome<CreatedPickup>>
  /** Those of who asks that wait. */
  list(
    request?: ListPickupsRequest,
  ): Promise<Outcome<{ pickups: readonly Pickup[]; next: string | null }>>
  /** Takes one back that waits. */
  revoke(id: string): Promise<Outcome<{ pickup: Pickup }>>
}

export interface PickupVerbs<
  Kinds extends string = string,
  Scope extends string = string,
> extends PickupDesk<Kinds, Scope> {
  /** A machine redeems a code for a key, once; the code is all that it shows. */
  redeem(request: RedeemPickupRequest): Promise<Outcome<PickedUp>>
}
