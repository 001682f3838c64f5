import type { Api } from '../api.ts'
import { instantOf } from '../time/span.ts'
import { FREE } from './free.ts'

export function usageRoutes({ app, guard, authority }: Api): void {
  app.get('/v1/usage', { onRequest: guard('usage:read', FREE) }, async (request, reply) => {
    const principal = guard.principal(request)
    const standing = await authority.as(principal).usage.quotas()
    if (!standing.ok) return guard.refuse(request, reply, standing)
    const quotas = standing.quotas.map(({ period, limit, used, remaining, periodEndsAt }) => ({
      period,
      limit,
      used,
      remaining,
      resets_at: instantOf(periodEndsAt),
    }))
    return quotas[0]
  })
}
