import type { z } from 'zod'
import { noQuerySchema, ownScopesSchema } from '@keywright/contract'
import type { OwnScopes } from '@keywright/core'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { instantOrNull } from '../../answer/key-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function ownScopesRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/v1/me/scopes',
    onRequest: authenticate(door),
    schema: {
      operationId: 'showOwnScopes',
      summary: 'Who the caller is, and where it may act',
      description: 'Takes no scope. A client asks it once, to find an organization by its slug.',
      security: BEARER,
      querystring: noQuerySchema,
      response: {
        200: json('The person, their organizations and the key.', ownScopesSchema),
        ...problems(...CALLER_PROBLEMS, 422),
      },
    },
    handler: async (request, reply) => {
      const outcome = await door.authority.as(callerOf(request)).me.scopes()
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(ownScopesView(outcome.own))
    },
  })
}

function ownScopesView(own: OwnScopes): z.output<typeof ownScopesSchema> {
  const { person, organizations, memberships, keyId, kind, resource, mode, expiresAt } = own
  const scopes = [...own.scopes]
  return {
    person: person && { id: person.id, name: person.name, email: person.email },
    personal: own.space,
    organizations: organizations.map(({ id, slug, name, role }) => ({ id, slug, name, role })),
    memberships: memberships.map((membership) => ({ ...membership })),
    scopes,
    key:
      keyId === null
        ? null
        : { id: keyId, kind, resource, mode, scopes, expires_at: instantOrNull(expiresAt) },
  }
}
