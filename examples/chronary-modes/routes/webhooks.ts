import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Api } from '../api.ts'
import { instantOf, reachOf } from '../caller.ts'
import { newId } from '../data/open.ts'
import type { Webhook } from '../data/webhooks.ts'
import { readBody } from '../read-body.ts'

const newWebhook = z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2000) })

const NO_WEBHOOK = { code: 'not_found', detail: 'There is no such webhook in this mode.' } as const

export function webhookRoutes({ app, guard, data, now }: Api): void {
  app.post('/v1/webhooks', guard('webhooks:write'), async (c) => {
    const body = await readBody(c.req, newWebhook)
    if (!body.ok) return guard.refuse(c, body.refusal)
    const { store, organization } = reachOf(data, c.get('principal'))
    const secret = `whsec_${randomBytes(24).toString('base64url')}`
    const webhook = { id: newId('whk'), url: body.value.url, secret, created_at: now() }
    store.webhooks.add(organization, webhook)
    return c.json({ ...showWebhook(webhook), secret }, 201)
  })

  app.get('/v1/webhooks', guard('webhooks:read'), (c) => {
    const { store, organization } = reachOf(data, c.get('principal'))
    return c.json({ data: store.webhooks.list(organization).map(showWebhook) })
  })

  app.delete('/v1/webhooks/:id', guard('webhooks:write'), (c) => {
    const { store, organization } = reachOf(data, c.get('principal'))
    const isGone = store.webhooks.delete(organization, c.req.param('id'))
    return isGone ? c.body(null, 204) : guard.refuse(c, NO_WEBHOOK)
  })
}

function showWebhook({ id, url, created_at }: Webhook): object {
  return { id, url, created_at: instantOf(created_at) }
}
