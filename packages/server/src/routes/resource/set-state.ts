import { noQuerySchema, resourceBodySchema, resourceStateSchema } from '@keywright/contract'
import type { ResourceVerb } from '@keywright/core'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

const SUMMARIES: Readonly<Record<ResourceVerb, string>> = {
  disable: 'Disable a resource: its keys, and all below it, are refused until it is enabled',
  enable: 'Enable a disabled resource',
  end: 'End a resource for good, and with it every key at or below it',
}

/** Three routes of one form. */
export function resourceRoutes(app: RoutesApp, door: Door): void {
  for (const verb of ['disable', 'enable', 'end'] as const) resourceRoute(app, door, verb)
}

function resourceRoute(app: RoutesApp, door: Door, verb: ResourceVerb): void {
  app.route({
    method: 'POST',
    url: `/v1/resources/${verb}`,
    onRequest: authenticate(door, 'keys:write'),
    schema: {
      operationId: `${verb}Resource`,
      summary: SUMMARIES[verb],
      security: BEARER,
      querystring: noQuerySchema,
      body: resourceBodySchema,
      response: {
        200: json('The resource as it is now.', resourceStateSchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS),
      },
    },
    handler: async (request, reply) => {
      const { resources } = door.authority.as(callerOf(request))
      const outcome = await resources[verb](request.body.resource)
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const { resource, state } = outcome
      return reply.code(200).send({ resource, state })
    },
  })
}
