// Provider keys: what the agent thinks with. The vault that will keep them is not part of this server, so nothing is
// stored; what is sent is checked all the same, so that the two kinds of secret never stand in for each other.

import type { CodedRefusal } from 'keywright'
import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import { isAccessToken, PROVIDERS } from '../provider.ts'
import { findProject, type OfProject } from './of-project.ts'

const newKey = z.strictObject({
  provider: z.enum(PROVIDERS),
  key: z
    .string()
    .min(1)
    .max(4096)
    .refine((text) => !isAccessToken(text), {
      error:
        'this is an AutoLab access token, not a provider key; it was not stored. Revoke it if it was shown to anybody',
    }),
  name: z.string().min(1).max(200).optional(),
  /** The most that is spent through it. */
  limit_usd: z.number().positive().optional(),
})

const choice = z.strictObject({
  /** By name or the beginning of its id; null for the platform's own. */
  key: z.string().min(1).max(200).nullable(),
  model: z.string().min(1).max(200).optional(),
})

const NO_VAULT: CodedRefusal = {
  code: 'not_offered',
  detail:
    'This server keeps no provider keys: nothing was stored. Every project thinks with the platform key.',
}

export function providerKeyRoutes(api: Api): void {
  const { app, guard } = api

  app.get('/v1/provider-keys', { onRequest: guard('providers:read') }, () => ({ data: [] }))

  app.post('/v1/provider-keys', { onRequest: guard('providers:write') }, (request, reply) => {
    const body = newKey.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    return guard.refuse(request, reply, NO_VAULT)
  })

  app.put<OfProject>(
    '/v1/projects/:owner/:name/provider-key',
    { onRequest: guard() },
    (request, reply) => {
      const ask = { ...request.params, scope: 'providers:write' } as const
      const found = findProject(api, guard.principal(request), ask)
      if ('refusal' in found) return guard.refuse(request, reply, found.refusal)
      const body = choice.safeParse(request.body)
      if (!body.success) {
        return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
      }
      // The platform's own key is what every project has.
      if (body.data.key === null) return { key: null, model: body.data.model ?? null }
      return guard.refuse(request, reply, NO_VAULT)
    },
  )
}
