// The two doors that are asked for every request of somebody's API, as Fastify routes. What they do is written against
// Node's own request and response, so that a standalone server can serve them in front of the framework
// (create-server.ts); here they are reachable wherever the routes are mounted, by `inject` too.

import { decisionSchema, forwardAuthQuerySchema, verifyBodySchema } from '@keywright/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../answer/documented.ts'
import type { Door } from '../door/door.ts'
import type { RoutesApp } from './app.ts'
import type { ForwardAuth } from './credential/forward-auth.ts'
import { FORWARD_AUTH_ROUTE } from './credential/forward-auth.ts'
import { answerVerify, VERIFY_ROUTE, verifyExchange } from './credential/verify.ts'

const verifySchema = {
  operationId: 'verify',
  summary: 'Decide about a credential',
  description: 'Answered 200 also when the decision is no. Keys outside the caller are unknown.',
  security: BEARER,
  body: verifyBodySchema,
  response: {
    200: json('The decision.', decisionSchema),
    ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS),
  },
}

const forwardAuthSchema = {
  operationId: 'forwardAuth',
  summary: 'Decide about the request of a proxy',
  description: 'The credential is that of the client. Every method is answered alike.',
  security: BEARER,
  querystring: forwardAuthQuerySchema,
  response: {
    200: {
      description:
        'Allowed. X-Keywright-Key-Id, -Kind, -Resource, -Holder, -Mode and -Scopes say who it is.',
      content: { 'text/plain': { schema: z.literal('') } },
    },
    ...problems(...CALLER_PROBLEMS, 422),
  },
}

/** @param app a scope of its own: its bodies are left unread, for the doors read them */
export function rawDoors(app: RoutesApp, door: Door, forwardAuth: ForwardAuth): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined))
  // The schemas are here for the document.
  app.setValidatorCompiler(() => (value) => ({ value }))
  const verify = (request: FastifyRequest, reply: FastifyReply): void => {
    reply.hijack()
    void answerVerify(verifyExchange(door, rawOf(request, reply)))
  }
  const ask = (request: FastifyRequest, reply: FastifyReply): void => {
    reply.hijack()
    void forwardAuth.answer(rawOf(request, reply))
  }
  app.route({ method: 'POST', url: VERIFY_ROUTE, schema: verifySchema, handler: verify })
  app.route({ method: 'GET', url: FORWARD_AUTH_ROUTE, schema: forwardAuthSchema, handler: ask })
  const others = app.supportedMethods.filter((method) => method !== 'GET' && method !== 'HEAD')
  app.route({ method: others, url: FORWARD_AUTH_ROUTE, schema: { hide: true }, handler: ask })
  const below = `${FORWARD_AUTH_ROUTE}/*`
  app.route({
    method: ['GET', ...others],
    url: below,
    schema: { hide: true },
    handler: ask,
  })
}

function rawOf(request: FastifyRequest, reply: FastifyReply) {
  return { request: request.raw, response: reply.raw, requestId: request.id }
}
