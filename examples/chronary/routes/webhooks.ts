import { randomBytes } from 'node:crypto'
import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import { callerOf } from '../caller.ts'
import type { Webhook } from '../data/webhooks.ts'
import { instantOf } from '../time/span.ts'

const EVENTS = ['agent.created', 'event.created'] as const

const newWebhook = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  events: z
    .array(z.enum(EVENTS))
    .min(1)
    .default([...EVENTS]),
})

const NO_WEBHOOK = { code: 'not_found', detail: 'There is no such webhook.' } as const

export function webhookRoutes({ app, guard, data, now }: Api): void {
  app.post('/v1/webhooks', { onRequest: guard('webhooks:write') }, (request, reply) => {
    const body = newWebhook.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const { organization } = callerOf(guard.principal(request))
    const secret = `whsec_${randomBytes(24).toString('base64url')}`
    const made = data.webhooks.create(organization, { ...body.data, secret, createdAt: now() })
    return reply.code(201).send({ ...showWebhook(made), secret })
  })

  app.get('/v1/webhooks', { onRequest: guard('webhooks:read') }, (request) => {
    const { organization } = callerOf(guard.principal(request))
    return { data: data.webhooks.list(organization).map(showWebhook) }
  })

  app.delete<{ Params: { id: string } }>(
    '/v1/webhooks/:id',
    { onRequest: guard('webhooks:write') },
    (request, reply) => {
      const { organization } = callerOf(guard.principal(request))
      if (!data.webhooks.delete(organization, request.params.id)) {
        return guard.refuse(request, reply, NO_WEBHOOK)
      }
      return reply.code(204).send()
    },
  )
}

function showWebhook(webhook: Webhook): object {
  const { id, url, events, created_at, delivered_at, delivered_status } = webhook
  const last =
    delivered_at === null ? null : { at: instantOf(delivered_at), status: delivered_status }
  return { id, url, events, created_at: instantOf(created_at), last_delivery: last }
}
