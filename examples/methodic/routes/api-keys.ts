// API keys of people: for themselves and for their agents. All of it is the authority's work on behalf of the caller;
// what is here is Methodic's spelling of it.

import type { Key } from 'keywright'
import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api, MethodicAuthority } from '../api.ts'
import { isMachine } from '../caller.ts'
import { instantOf } from '../instant-of.ts'

const newKey = z.strictObject({
  description: z.string().min(1).max(200),
  /** Left out: all that the caller may do. */
  scopes: z.array(z.string().max(100)).max(100).optional(),
  /** Left out: `user` for a person who comes with a JWT of their own, `agent` for everybody else. */
  kind: z.enum(['user', 'agent']).optional(),
  /** Left out: as far as the caller reaches. */
  resource: z.string().max(512).optional(),
  /** Seconds. */
  expires_in: z.number().int().min(1).optional(),
})

type Grants = Parameters<MethodicAuthority['keys']['mint']>[1]['scopes']

const page = z.strictObject({
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
})

export function apiKeyRoutes({ app, guard, authority }: Api): void {
  app.post('/api-keys', { onRequest: guard('keys:write') }, async (request, reply) => {
    const body = newKey.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const principal = guard.principal(request)
    const { description, scopes, resource = principal.resource, expires_in } = body.data
    const kind = body.data.kind ?? defaultKind(request.headers.authorization, principal.type)
    const minted = await authority.as(principal).keys.mint(kind, {
      resource,
      name: description,
      // Text of the caller's: what is no scope is refused by name.
      scopes: scopes as Grants,
      expiresInSeconds: expires_in,
    })
    if (!minted.ok) return guard.refuse(request, reply, minted)
    return reply.code(201).send({ ...showKey(minted.key), key: minted.secret })
  })

  app.get('/api-keys', { onRequest: guard('keys:read') }, async (request, reply) => {
    const query = page.safeParse(request.query)
    if (!query.success) {
      return guard.refuse(request, reply, invalidRequest('query', query.error.issues))
    }
    const { cursor: after, limit } = query.data
    const listed = await authority.as(guard.principal(request)).keys.list({ after, limit })
    if (!listed.ok) return guard.refuse(request, reply, listed)
    return { data: listed.keys.map(showKey), next_cursor: listed.next }
  })

  app.delete<{ Params: { id: string } }>(
    '/api-keys/:id',
    { onRequest: guard() },
    async (request, reply) => {
      const mine = authority.as(guard.principal(request))
      const revoked = await mine.keys.revoke(request.params.id)
      return revoked.ok ? showKey(revoked.key) : guard.refuse(request, reply, revoked)
    },
  )
}

function defaultKind(authorization: string | undefined, type: string): 'user' | 'agent' {
  return type === 'token' && !isMachine(authorization) ? 'user' : 'agent'
}

// Metadata only; the secret stands in the answer to its creation and nowhere else.
function showKey(key: Key): object {
  return {
    id: key.id,
    kind: key.kind,
    prefix: key.start,
    description: key.name,
    scopes: key.scopes,
    resource: key.resource,
    created_at: instantOf(key.createdAt),
    expires_at: key.expiresAt === null ? null : instantOf(key.expiresAt),
    revoked_at: key.revokedAt === null ? null : instantOf(key.revokedAt),
  }
}
