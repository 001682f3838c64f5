import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'
import { createPickupRoute } from './create.ts'
import { listPickupsRoute } from './list.ts'
import { redeemPickupRoute } from './redeem.ts'
import { revokePickupRoute } from './revoke.ts'

/** Keys that another machine gets by a code. */
export function pickupRoutes(app: RoutesApp, door: Door): void {
  createPickupRoute(app, door)
  listPickupsRoute(app, door)
  redeemPickupRoute(app, door)
  revokePickupRoute(app, door)
}
