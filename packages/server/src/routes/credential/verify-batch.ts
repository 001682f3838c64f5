import { noQuerySchema, verifyBatchAnswerSchema, verifyBatchBodySchema } from '@keywright/contract'
import { decisionText } from '../../answer/decision-text.ts'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { refuseAsk } from '../../door/ask.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'
import { questionOf } from './verify.ts'

/** Nothing is decided when one of the questions makes no sense. */
export function verifyBatchRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/v1/verify/batch',
    onRequest: authenticate(door, 'keys:verify'),
    schema: {
      operationId: 'verifyBatch',
      summary: 'Decide about several credentials',
      description: 'Each is decided as by /v1/verify; decisions come in the order of the requests.',
      security: BEARER,
      querystring: noQuerySchema,
      body: verifyBatchBodySchema,
      response: {
        200: json('The decisions.', verifyBatchAnswerSchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS),
      },
    },
    handler: async (request, reply) => {
      const { requests } = request.body
      const caller = callerOf(request)
      for (const [index, asked] of requests.entries()) {
        const refusal = refuseAsk(door, asked, `body.requests.${index}`)
        if (refusal !== undefined) return sendProblem(door, reply, refusal)
      }
      const decisions = await Promise.all(
        requests.map((asked) => door.authority.verify(questionOf(asked, caller))),
      )
      const text = `{"decisions":[${decisions.map(decisionText).join(',')}]}`
      reply.code(200).header('content-type', 'application/json; charset=utf-8')
      return reply.send(Buffer.from(text) as never)
    },
  })
}
