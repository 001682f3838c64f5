// The standalone server: all routes, and in front of the framework the two doors that are asked for every request of
// somebody's API. They cost a router, hooks and a serializer less there, and are the same functions.

import { createServer as createHttpServer, METHODS } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Fastify from 'fastify'
import { BASE_HEADERS, REQUEST_ID_HEADER } from './answer/headers.ts'
import { answerClientError } from './client-error.ts'
import type { Door } from './door/door.ts'
import { openDoor } from './door/door.ts'
import type { RoutesOptions } from './options.ts'
import { BODY_BYTES_MAX } from './request/body.ts'
import { ForwardAuth, FORWARD_AUTH_ROUTE } from './routes/credential/forward-auth.ts'
import { answerVerify, VERIFY_ROUTE, verifyExchange } from './routes/credential/verify.ts'
import { answerError, mount } from './routes/mount.ts'

/** A Fastify app that can be told to end. */
export type KeywrightServer = FastifyInstance & {
  /** From now on it is not ready, and lets go of connections; what is under way is finished. `close` does this too. */
  drain(): void
}

/** Node's own bound of a request's head; a longer id in a path cannot arrive. */
const HEAD_BYTES_MAX = 16 * 1024

/**
 * Makes the standalone app. Call `listen` on it, or `inject`.
 * @throws TypeError for a trusted proxy that is neither an address nor a CIDR range
 */
export function createServer(options: RoutesOptions): KeywrightServer {
  const door = openDoor(options)
  const forwardAuth = new ForwardAuth(door)
  const app = Fastify({
    bodyLimit: BODY_BYTES_MAX,
    genReqId: () => door.requestIds.next(),
    requestIdHeader: false,
    return503OnClosing: false,
    routerOptions: { maxParamLength: HEAD_BYTES_MAX },
    clientErrorHandler: (error, socket) => answerClientError(door, error, socket),
    frameworkErrors: (error, request, reply) => {
      answerUnrouted(door, error, { request, reply })
    },
    serverFactory: (handler) => createHttpServer(inFront(door, forwardAuth, handler)),
  })
  for (const method of METHODS) {
    if (method !== 'CONNECT' && !app.supportedMethods.includes(method)) app.addHttpMethod(method)
  }
  const drain = (): void => {
    door.isDraining = true
  }
  app.addHook('preClose', async () => drain())
  app.register(async (scope) => mount(scope, door, { forwardAuth }))
  return Object.assign(app, { drain })
}

/** No route was found and no hook has run, because the address cannot be read. */
function answerUnrouted(
  door: Door,
  error: unknown,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): void {
  const { method, id: requestId } = request
  const arrivedMs = door.clock.monotonic()
  reply.headers({ ...BASE_HEADERS, [REQUEST_ID_HEADER]: requestId })
  answerError(door, error, { request, reply })
  const { statusCode: status } = reply
  door.traffic.note({ method, route: 'none', status, arrivedMs, requestId, keyId: undefined })
}

function inFront(
  door: Door,
  forwardAuth: ForwardAuth,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const url = request.url ?? ''
    if (url === VERIFY_ROUTE && request.method === 'POST') {
      const requestId = door.requestIds.next()
      void answerVerify(verifyExchange(door, { request, response, requestId }))
    } else if (isForwardAuth(url)) {
      void forwardAuth.answer({ request, response, requestId: door.requestIds.next() })
    } else {
      handler(request, response)
    }
  }
}

function isForwardAuth(url: string): boolean {
  if (!url.startsWith(FORWARD_AUTH_ROUTE)) return false
  const next = url.charCodeAt(FORWARD_AUTH_ROUTE.length)
  return Number.isNaN(next) || next === 47 /* slash */ || next === 63 /* question mark */
}
