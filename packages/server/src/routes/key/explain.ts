// Why a key is allowed or refused. No scope is asked for up front: a key may look at itself.

import type { z } from 'zod'
import { explainBodySchema, explanationSchema, noQuerySchema } from '@keywright/contract'
import type { ExplainRequest } from '@keywright/core'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { refuseAsk } from '../../door/ask.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function explainRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/v1/explain',
    onRequest: authenticate(door),
    schema: {
      operationId: 'explainKey',
      summary: 'Why a key is allowed or refused, and what would mend it',
      description:
        'For the key itself, its person, and whoever has keys:read over it. Nothing is counted or charged.',
      security: BEARER,
      querystring: noQuerySchema,
      body: explainBodySchema,
      response: {
        200: json('The terms of the verdict, one by one.', explanationSchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS, 404),
      },
    },
    handler: async (request, reply) => {
      const unfit = refuseAsk(door, request.body, 'body')
      if (unfit !== undefined) return sendProblem(door, reply, unfit)
      const { keys } = door.authority.as(callerOf(request))
      const outcome = await keys.explain(questionOf(request.body))
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const { keyId, allowed, code, terms } = outcome.explanation
      return reply.code(200).send({ key_id: keyId, allowed, code, terms: [...terms] })
    },
  })
}

function questionOf({
  key_id: keyId,
  credential = '',
  scope,
  resource,
  mode,
}: z.output<typeof explainBodySchema>): ExplainRequest {
  const ask = {
    ...(scope === undefined ? {} : { scope }),
    ...(resource === undefined ? {} : { resource }),
    ...(mode === undefined ? {} : { mode }),
  }
  return keyId === undefined ? { ...ask, credential } : { ...ask, keyId }
}
