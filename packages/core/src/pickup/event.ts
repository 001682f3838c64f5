import type { EventType } from '../event/event.ts'
import { personOf } from '../key/key.ts'
import type { Writes } from '../ports/store.ts'
import type { Pickup } from './pickup.ts'

/** One step of a pick-up. Never its code. */
interface PickupStep {
  readonly type: EventType & `pickup.${string}`
  readonly at: number
  /** Default: the sender, on whose behalf the key is made. */
  readonly actor?: string
  readonly keyId?: string | null
  readonly data?: Readonly<Record<string, unknown>>
}

export async function appendPickup(
  writes: Writes,
  { id, bound, createdBy }: Pickup,
  { type, at, actor = createdBy, keyId = null, data }: PickupStep,
): Promise<void> {
  await writes.append({
    type,
    at,
    actor,
    keyId,
    resource: bound.resource,
    mode: bound.mode,
    ...personOf(bound),
    data: { pickup: id, ...data },
  })
}
