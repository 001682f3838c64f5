// A device is approved from a terminal that is signed in: it shows what waits behind a code, and decides.

import {
  approveDeviceBodySchema,
  claimDeviceBodySchema,
  deviceLoginSchema,
  noQuerySchema,
} from '@keywright/contract'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'
import { approverOf, guarded, NO_TERMINAL } from './approver.ts'
import { deviceLoginView } from './view.ts'

const response = {
  200: json('The device login.', deviceLoginSchema),
  ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS, 404, 409),
}

export function claimDeviceRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/v1/device/claim',
    onRequest: authenticate(door, 'keys:write'),
    schema: {
      operationId: 'claimDeviceLogin',
      summary: 'Show the device that waits with a user code, and take the decision',
      description: 'The first who names the code decides; nobody else can any more.',
      security: BEARER,
      querystring: noQuerySchema,
      body: claimDeviceBodySchema,
      response,
    },
    handler: async (request, reply) => {
      const { authority } = door
      const approver = approverOf(callerOf(request))
      if (approver === undefined) return sendProblem(door, reply, NO_TERMINAL)
      const typed = request.body.user_code
      const outcome = await guarded(door, request, () =>
        authority.login.device.claim(approver, { typed }),
      )
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(deviceLoginView(authority.definition, outcome.login))
    },
  })
}

export function approveDeviceRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/v1/device/approve',
    onRequest: authenticate(door, 'keys:write'),
    schema: {
      operationId: 'approveDeviceLogin',
      summary: 'Approve or deny a device that was claimed by this key',
      description: 'The key that the device gets is a child of this one: it ends with it.',
      security: BEARER,
      querystring: noQuerySchema,
      body: approveDeviceBodySchema,
      response,
    },
    handler: async (request, reply) => {
      const { authority } = door
      const approver = approverOf(callerOf(request))
      if (approver === undefined) return sendProblem(door, reply, NO_TERMINAL)
      const { user_code: userCode, decision } = request.body
      const decided = decision === 'approve' ? 'approved' : 'denied'
      const outcome = await guarded(door, request, () =>
        authority.login.device.decide(approver, { userCode, decision: decided }),
      )
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(deviceLoginView(authority.definition, outcome.login))
    },
  })
}
