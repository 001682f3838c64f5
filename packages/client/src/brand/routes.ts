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
}
