// Settings → API: what the web app calls to make, show, rotate and revoke the keys of a workspace. The authority sees
// to it that a settings key finds only keys of its own workspace; others are 404.

import type { Key } from 'keywright'
import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import { instantOf } from '../instant-of.ts'
import { readBody } from '../read-body.ts'

const scope = z.enum([
  'presentations:create',
  'presentations:generate',
  'presentations:read',
  'presentations:update',
])
const newKey = z.strictObject({
  name: z.string().min(1).max(200),
  scopes: z.array(scope).min(1).optional(),
  expires_in: z.int().min(1).optional(),
})
const rotation = z.strictObject({ overlap: z.int().min(0).default(0) }).default({ overlap: 0 })
const page = z.strictObject({ cursor: z.string().max(64).optional() })

export function keyRoutes({ app, guard, json, authority }: Api): void {
  const path = '/settings/api/keys'

  app.post(path, guard('keys:write'), json, async (req, res) => {
    const body = readBody(req, newKey)
    if (!body.ok) return guard.refuse(req, res, body.refusal)
    const { name, scopes, expires_in: expiresInSeconds } = body.value
    const { resource } = req.principal
    const wish = { resource, name, scopes, expiresInSeconds }
    const minted = await authority.as(req.principal).keys.mint('workspace', wish)
    if (!minted.ok) return guard.refuse(req, res, minted)
    res.status(201).json({ ...show(minted.key), key: minted.secret })
  })

  app.get(path, guard('keys:read'), async (req, res) => {
    const query = page.safeParse(req.query)
    if (!query.success) {
      return guard.refuse(req, res, invalidRequest('query', query.error.issues))
    }
    const mine = authority.as(req.principal).keys
    const listed = await mine.list({ kind: 'workspace', after: query.data.cursor })
    if (!listed.ok) return guard.refuse(req, res, listed)
    res.json({ data: listed.keys.map(show), next_cursor: listed.next })
  })

  // Revoked, never deleted: the key stays in the list, with who and when.
  app.delete(`${path}/:id`, guard('keys:write'), async (req, res) => {
    const mine = authority.as(req.principal).keys
    if (req.params.id === req.principal.keyId) return guard.refuse(req, res, NOT_ITSELF)
    const revoked = await mine.revoke(String(req.params.id))
    if (!revoked.ok) return guard.refuse(req, res, revoked)
    res.json(show(revoked.key))
  })

  app.post(`${path}/:id/rotate`, guard('keys:write'), json, async (req, res) => {
    const body = readBody(req, rotation)
    if (!body.ok) return guard.refuse(req, res, body.refusal)
    const mine = authority.as(req.principal).keys
    if (req.params.id === req.principal.keyId) return guard.refuse(req, res, NOT_ITSELF)
    const overlapSeconds = body.value.overlap
    const rotated = await mine.rotate(String(req.params.id), { overlapSeconds })
    if (!rotated.ok) return guard.refuse(req, res, rotated)
    const previous_ends_at = instantOf(rotated.previousEndsAt)
    res.json({ ...show(rotated.key), key: rotated.secret, previous_ends_at })
  })
}

const NOT_ITSELF = {
  code: 'key_not_found',
  detail: 'No workspace key has this id.',
} as const

// Metadata only; the secret stands in the answers to making and rotating and nowhere else.
function show(key: Key): object {
  const at = (time: number | null): string | null => (time === null ? null : instantOf(time))
  return {
    id: key.id,
    name: key.name,
    prefix: key.start,
    scopes: key.scopes,
    created_at: instantOf(key.createdAt),
    created_by: key.createdBy,
    expires_at: at(key.expiresAt),
    rotated_at: at(key.rotatedAt),
    last_used_at: at(key.lastUsedAt),
    revoked_at: at(key.revokedAt),
    revoked_by: key.revokedBy,
  }
}
