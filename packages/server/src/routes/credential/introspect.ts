// POST /oauth/introspect (RFC 7662), for resource servers that know no Keywright. It looks and takes nothing from any
// limit. What may not be known here is inactive and nothing more (section 2.2): unknown, ended, somebody else's.

import type { z } from 'zod'
import { introspectBodySchema, introspectionSchema, noQuerySchema } from '@keywright/contract'
import type { Decision, Principal, RefusalCode } from '@keywright/core'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import type { ProblemReply } from '../../answer/send-problem.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { callerOf, noteCaller } from '../../door/authenticate.ts'
import { findCaller, verifyCaller } from '../../door/caller.ts'
import type { Door } from '../../door/door.ts'
import { readBasic } from '../../request/basic.ts'
import type { RoutesApp } from '../app.ts'

type Introspection = z.output<typeof introspectionSchema>

/** The credential is good and only may not be used just now: that is not "inactive", so the refusal itself is told. */
const NOT_NOW: readonly RefusalCode[] = ['rate_limited', 'quota_exhausted', 'unavailable']

export function introspectRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/oauth/introspect',
    onRequest: async (request, reply) => {
      const decision = await authenticateClient(door, request.raw, false)
      if (decision.allowed) {
        const again = () => authenticateClient(door, request.raw, true)
        noteCaller(request, { principal: decision.principal, again })
        return undefined
      }
      sendProblem(door, alsoBasic(reply, door.realm), decision)
      return reply
    },
    schema: {
      operationId: 'introspect',
      summary: 'Token introspection (RFC 7662)',
      security: [...BEARER, { basic: [] }],
      consumes: ['application/x-www-form-urlencoded'],
      querystring: noQuerySchema,
      body: introspectBodySchema,
      response: {
        200: json('What the token is.', introspectionSchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS),
      },
    },
    handler: async (request, reply) => {
      const within = callerOf(request)
      const { token: credential } = request.body
      const decision = await door.authority.verify({ credential, within, isPeek: true, cost: 0 })
      if (decision.allowed) return reply.code(200).send(activeOf(decision.principal))
      if (NOT_NOW.includes(decision.code)) return sendProblem(door, reply, decision)
      return reply.code(200).send({ active: false })
    },
  })
}

// Section 2.1: the resource server authenticates, as an OAuth client by HTTP Basic or with its key as elsewhere.
async function authenticateClient(
  door: Door,
  request: Parameters<typeof findCaller>[1],
  isAgain: boolean,
): Promise<Decision> {
  const ask = { scope: 'keys:verify', isAgain } as const
  const basic = readBasic(door.authority.definition.headers, request)
  if (basic === undefined) return findCaller(door, request, ask)
  if ('code' in basic) return basic
  const decision = await verifyCaller(door, request, { ...basic, ...ask })
  if (!decision.allowed || decision.principal.keyId === basic.clientId) return decision
  const detail = 'The client id is not the id of this key. Send key id and secret of the same key.'
  return { allowed: false, code: 'invalid_key', detail }
}

function activeOf(principal: Principal): Introspection {
  const { keyId, kind, holder, resource, mode, scopes, expiresAt } = principal
  return {
    active: true,
    scope: scopes.join(' '),
    ...(keyId === null ? {} : { client_id: keyId }),
    // Section 2.2: `sub` is the name that the issuer gave.
    ...(principal.type === 'token'
      ? { sub: principal.subject, iss: principal.issuer }
      : { sub: holder }),
    token_type: 'Bearer',
    ...(expiresAt === null ? {} : { exp: Math.floor(expiresAt / 1000) }),
    ...(principal.type === 'token' ? { iat: Math.floor(principal.issuedAt / 1000) } : {}),
    resource,
    kind,
    ...(mode === null ? {} : { mode }),
  }
}

/** RFC 6749 section 5.2: a 401 names the scheme that the client used, so it names both that there are. */
function alsoBasic(reply: ProblemReply, realm: string): ProblemReply {
  return {
    request: reply.request,
    code: (status) => reply.code(status),
    headers: ({ 'www-authenticate': challenge, ...others }) => {
      if (challenge === undefined) return reply.headers(others)
      return reply.headers({
        ...others,
        'www-authenticate': `${challenge}, Basic realm="${realm}"`,
      })
    },
    send: (payload) => reply.send(payload),
  }
}
