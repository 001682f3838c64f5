import type { Routes } from './brand.ts'

/** The routes of a Keywright server. */
export const ROUTES: Routes = {
  scopes: 'GET /v1/me/scopes',
  me: 'GET /v1/me',
  createKey: 'POST /v1/keys',
  listKeys: 'GET /v1/keys',
  showKey: 'GET /v1/keys/{id}',
  rotateKey: 'POST /v1/keys/{id}/rotate',
  revokeKey: 'DELETE /v1/keys/{id}',
  createPickup: 'POST /v1/pickups',
  redeemPickup: 'POST /v1/pickups/redeem',
}

/** What a server can do besides is only known of ours: a brand with a route of its own says whether its server has these. */
const OURS = { createPickup: undefined, redeemPickup: undefined }

/** The routes of a brand that names these. */
export function routesOf(named: Partial<Routes> = {}): Routes {
  return { ...ROUTES, ...(Object.keys(named).length > 0 && OURS), ...named }
}
