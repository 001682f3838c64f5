// The key itself: how it looks, its replacement, and what is left of the month. The authority sees to it that a key
// finds only keys of its own mode.

import type { Api } from '../api.ts'
import { instantOf, keyIdOf, reachOf } from '../caller.ts'
import { FREE } from './free.ts'

export function keyRoutes({ app, guard, authority, data }: Api): void {
  app.get('/v1/org-key', guard('keys:read', FREE), async (c) => {
    const principal = c.get('principal')
    const shown = await authority.as(principal).keys.show(keyIdOf(principal))
    if (!shown.ok) return guard.refuse(c, shown)
    const { id, name, start, mode, createdAt } = shown.key
    return c.json({ id, name, prefix: start, mode, created_at: instantOf(createdAt) })
  })

  app.post('/v1/org-key/regenerate', guard('keys:write', FREE), async (c) => {
    const principal = c.get('principal')
    const rotated = await authority.as(principal).keys.rotate(keyIdOf(principal))
    if (!rotated.ok) return guard.refuse(c, rotated)
    const { key, secret } = rotated
    return c.json({ id: key.id, prefix: key.start, mode: key.mode, key: secret })
  })

  // No quota holds in test mode, so there `quota` is null.
  app.get('/v1/usage', guard('usage:read', FREE), async (c) => {
    const principal = c.get('principal')
    const standing = await authority.as(principal).usage.quotas()
    if (!standing.ok) return guard.refuse(c, standing)
    const { mode } = reachOf(data, principal)
    const [quota] = standing.quotas
    if (quota === undefined) return c.json({ mode, quota: null })
    const { period, limit, used, remaining, periodEndsAt } = quota
    const resets_at = instantOf(periodEndsAt)
    return c.json({ mode, quota: { period, limit, used, remaining, resets_at } })
  })
}
