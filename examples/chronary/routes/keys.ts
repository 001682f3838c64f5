// Keys of agents, made and ended with the org key, and the org key's own replacement. All of it is the authority's
// work on behalf of the caller; what is here is Chronary's spelling of it.

import type { Key } from 'keywright'
import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import { callerOf, keyIdOf } from '../caller.ts'
import { instantOf } from '../time/span.ts'
import { FREE } from './free.ts'
import { NO_AGENT } from './of-agent.ts'

const newKey = z.strictObject({
  agent_id: z.string().min(1).max(64),
  label: z.string().min(1).max(200).optional(),
})

const page = z.strictObject({
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
})

export function keyRoutes({ app, guard, authority, data }: Api): void {
  app.post('/v1/keys', { onRequest: guard('keys:write', FREE) }, async (request, reply) => {
    const body = newKey.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const { agent_id, label } = body.data
    const principal = guard.principal(request)
    if (data.agents.find(callerOf(principal).organization, agent_id) === undefined) {
      return guard.refuse(request, reply, NO_AGENT)
    }
    const resource = `${principal.resource}/agents/${agent_id}`
    const minted = await authority.as(principal).keys.mint('agent', { resource, name: label })
    if (!minted.ok) return guard.refuse(request, reply, minted)
    return reply.code(201).send({ ...showKey(minted.key), key: minted.secret })
  })

  app.get('/v1/keys', { onRequest: guard('keys:read', FREE) }, async (request, reply) => {
    const query = page.safeParse(request.query)
    if (!query.success) {
      return guard.refuse(request, reply, invalidRequest('query', query.error.issues))
    }
    const { cursor: after, limit } = query.data
    const mine = authority.as(guard.principal(request))
    const listed = await mine.keys.list({ after, limit, kind: 'agent' })
    if (!listed.ok) return guard.refuse(request, reply, listed)
    return { data: listed.keys.map(showKey), next_cursor: listed.next }
  })

  app.delete<{ Params: { id: string } }>(
    '/v1/keys/:id',
    { onRequest: guard('keys:write', FREE) },
    async (request, reply) => {
      const mine = authority.as(guard.principal(request))
      const shown = await mine.keys.show(request.params.id)
      if (!shown.ok) return guard.refuse(request, reply, shown)
      if (shown.key.kind !== 'agent') return guard.refuse(request, reply, NOT_AN_AGENT_KEY)
      const revoked = await mine.keys.revoke(shown.key.id)
      return revoked.ok ? showKey(revoked.key) : guard.refuse(request, reply, revoked)
    },
  )

  app.post(
    '/v1/org-key/regenerate',
    { onRequest: guard('keys:write', FREE) },
    async (request, reply) => {
      const principal = guard.principal(request)
      const rotated = await authority.as(principal).keys.rotate(keyIdOf(principal))
      if (!rotated.ok) return guard.refuse(request, reply, rotated)
      const { key, secret } = rotated
      return { id: key.id, prefix: key.start, key: secret }
    },
  )
}

const NOT_AN_AGENT_KEY = {
  code: 'key_not_found',
  detail: 'No agent key has this id. The org key is replaced by POST /v1/org-key/regenerate.',
} as const

// Metadata only; the secret stands in the answer to its creation and nowhere else.
function showKey(key: Key): object {
  return {
    id: key.id,
    prefix: key.start,
    agent_id: key.resource.split('/').at(-1),
    label: key.name,
    created_at: instantOf(key.createdAt),
    revoked_at: key.revokedAt === null ? null : instantOf(key.revokedAt),
  }
}
