// What experiments and datasets have in common: they live in an organization or in a personal space, and whoever asks
// is told of those that they reach.

import type { Principal } from 'keywright'
import { invalidRequest } from 'keywright'
import type { Refusal } from 'keywright/fastify'
import { z } from 'zod'
import type { Api } from '../api.ts'
import type { Scope } from '../caller.ts'
import { newPlace, NOT_FOUND, placesOf, refusalAt } from '../caller.ts'
import type { Placed } from '../data/placed.ts'
import { instantOf } from '../instant-of.ts'
import { pageFields, pageOf } from './page.ts'

export type Noun = 'experiments' | 'datasets'

const organizationId = z.string().regex(/^\w{1,64}$/, 'is no id of an organization')

const newPlaced = z.strictObject({
  name: z.string().min(1).max(200),
  /** Left out or null: the caller's personal space. */
  organization_id: organizationId.nullish(),
})

const listing = z.strictObject({
  ...pageFields,
  /** Left out: wherever the caller has a part. */
  organization_id: organizationId.optional(),
})

/** `POST` and `GET` of all. */
export function placedRoutes(api: Api, noun: Noun): void {
  const { app, guard, authority, data, now } = api

  app.post(`/${noun}`, { onRequest: guard(`${noun}:write`) }, (request, reply) => {
    const body = newPlaced.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const { name } = body.data
    const organizationId = body.data.organization_id ?? undefined
    const wish = { scope: `${noun}:write`, organizationId } as const
    const where = newPlace(authority, guard.principal(request), wish)
    if ('code' in where) return guard.refuse(request, reply, where)
    const made = data[noun].create(where.place, { name, createdAt: now() })
    return reply.code(201).send(showPlaced(made))
  })

  app.get(`/${noun}`, { onRequest: guard(`${noun}:read`) }, (request, reply) => {
    const query = listing.safeParse(request.query)
    if (!query.success) {
      return guard.refuse(request, reply, invalidRequest('query', query.error.issues))
    }
    const principal = guard.principal(request)
    const { cursor, limit, organization_id } = query.data
    const places = placesOf(principal).filter(
      (place) => organization_id === undefined || place === `organizations/${organization_id}`,
    )
    const rows = data[noun].list(places, { after: cursor, limit: limit + 1 })
    const { shown, next_cursor } = pageOf(rows, limit, ({ id }) => id)
    const reached = shown.filter((row) => {
      const ask = { scope: `${noun}:read`, resource: nameOf(noun, row) } as const
      return authority.permits(principal, ask) === undefined
    })
    return { data: reached.map(showPlaced), next_cursor }
  })
}

/** The one that a request names, if the caller may do this to it, or why not. */
export function findPlaced(
  { authority, data }: Api,
  principal: Principal,
  { noun, id, scope }: { readonly noun: Noun; readonly id: string; readonly scope: Scope },
): Placed | Refusal {
  const found = data[noun].find(id)
  if (found === undefined) return NOT_FOUND
  return refusalAt(authority, principal, { scope, resource: nameOf(noun, found) }) ?? found
}

/** Its whole resource name. */
export function nameOf(noun: Noun, { place, id }: Placed): string {
  return `${place}/${noun}/${id}`
}

/** An experiment or a dataset on the wire; `organization_id` is null in a personal space. */
export function showPlaced({ id, place, name, created_at }: Placed): object {
  const [collection, owner] = place.split('/')
  const organization_id = collection === 'organizations' ? owner : null
  return { id, organization_id, name, created_at: instantOf(created_at) }
}
