// Personal access tokens: made, listed and ended by their person, with any other token of theirs or signed in.

import type { Key } from 'keywright'
import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api, AutolabAuthority } from '../api.ts'
import { instantOf } from '../instant-of.ts'

const newToken = z.strictObject({
  name: z.string().min(1).max(200),
  /** Default: all that the token has that makes it. */
  scopes: z.array(z.string().min(1).max(100)).min(1).max(100).optional(),
  /** Seconds. */
  expires_in: z.int().min(1).optional(),
})

type Grants = Parameters<AutolabAuthority['keys']['mint']>[1]['scopes']

const page = z.strictObject({
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
})

export function tokenRoutes({ app, guard, authority }: Api): void {
  app.post('/v1/tokens', { onRequest: guard('keys:write') }, async (request, reply) => {
    const body = newToken.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const principal = guard.principal(request)
    const { name, expires_in: expiresInSeconds } = body.data
    // What nobody declares, and what would be more than the caller has, is refused by mint.
    const scopes = body.data.scopes as Grants
    const minted = await authority
      .as(principal)
      .keys.mint('token', { resource: principal.holder, name, scopes, expiresInSeconds })
    if (!minted.ok) return guard.refuse(request, reply, minted)
    return reply.code(201).send({ ...showToken(minted.key), token: minted.secret })
  })

  app.get('/v1/tokens', { onRequest: guard('keys:read') }, async (request, reply) => {
    const query = page.safeParse(request.query)
    if (!query.success) {
      return guard.refuse(request, reply, invalidRequest('query', query.error.issues))
    }
    const mine = authority.as(guard.principal(request))
    const { cursor: after, limit } = query.data
    const listed = await mine.keys.list({ after, limit, standing: 'live' })
    if (!listed.ok) return guard.refuse(request, reply, listed)
    return { data: listed.keys.map(showToken), next_cursor: listed.next }
  })

  // By name or by the beginning of its id; two that fit are 409, and nothing is revoked.
  app.delete<{ Params: { token: string } }>(
    '/v1/tokens/:token',
    { onRequest: guard('keys:write') },
    async (request, reply) => {
      const mine = authority.as(guard.principal(request))
      const found = await mine.keys.resolve({ text: request.params.token })
      if (!found.ok) return guard.refuse(request, reply, found)
      const revoked = await mine.keys.revoke(found.key.id)
      return revoked.ok ? showToken(revoked.key) : guard.refuse(request, reply, revoked)
    },
  )
}

function showToken(key: Key): object {
  return {
    id: key.id,
    name: key.name,
    prefix: key.start,
    scopes: key.scopes,
    /** The token it was made with, and ends with. */
    made_with: key.parentId,
    created_at: instantOf(key.createdAt),
    expires_at: key.expiresAt === null ? null : instantOf(key.expiresAt),
    last_used_at: key.lastUsedAt === null ? null : instantOf(key.lastUsedAt),
    revoked_at: key.revokedAt === null ? null : instantOf(key.revokedAt),
  }
}
