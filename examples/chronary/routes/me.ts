import type { Api } from '../api.ts'
import { keyIdOf } from '../caller.ts'
import { FREE } from './free.ts'

/** Who calls: what a command line asks to see whether a key is good, and whose it is. */
export function meRoutes({ app, guard, authority }: Api): void {
  app.get('/v1/me', { onRequest: guard(undefined, FREE) }, async (request, reply) => {
    const principal = guard.principal(request)
    const shown = await authority.as(principal).keys.show(keyIdOf(principal))
    if (!shown.ok) return guard.refuse(request, reply, shown)
    const { id, name, kind, resource } = shown.key
    return { id, name, kind, resource }
  })
}
