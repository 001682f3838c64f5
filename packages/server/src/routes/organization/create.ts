import {
  createOrganizationBodySchema,
  noQuerySchema,
  organizationSchema,
} from '@keywright/contract'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { organizationView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function createOrganizationRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/v1/organizations',
    onRequest: authenticate(door),
    schema: {
      operationId: 'createOrganization',
      summary: 'Found an organization and own it',
      description:
        'Only a person does, or a personal key with members:write that acts as them everywhere.',
      security: BEARER,
      querystring: noQuerySchema,
      body: createOrganizationBodySchema,
      response: {
        201: json('The organization.', organizationSchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS, 404, 409),
      },
    },
    handler: async (request, reply) => {
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.organizations.create(request.body)
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(201).send(organizationView(outcome.organization))
    },
  })
}
