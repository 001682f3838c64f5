// Mounts every route with what all of them share: reading bodies, checking them by schema, turning what was thrown
// into problems, and taking note of each answer.

import fastifySwagger from '@fastify/swagger'
import type { CodedRefusal } from '@keywright/verifier'
import { invalidRequest } from '@keywright/verifier'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
} from 'fastify-type-provider-zod'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { BASE_HEADERS, REQUEST_ID_HEADER } from '../answer/headers.ts'
import { NOT_FOUND, refusalOf, RequestRefused, UNSUPPORTED } from '../answer/problems.ts'
import { sendProblem } from '../answer/send-problem.ts'
import { knownCaller, refuseEnded } from '../door/authenticate.ts'
import type { Door } from '../door/door.ts'
import { PAGES } from '../pages/all.ts'
import { frontDoor } from '../pages/front-door.ts'
import { mountPages } from '../pages/mount-pages.ts'
import { answerRefusal } from '../pages/refusal-page.ts'
import { openSite } from '../pages/site.ts'
import { BODY_BYTES_MAX, isJson, parseJson } from '../request/body.ts'
import { parseForm } from '../request/form.ts'
import type { RoutesApp } from './app.ts'
import { ForwardAuth } from './credential/forward-auth.ts'
import { introspectRoute } from './credential/introspect.ts'
import { verifyBatchRoute } from './credential/verify-batch.ts'
import { approveDeviceRoute, claimDeviceRoute } from './device/approve.ts'
import { eventsRoute } from './event/list.ts'
import { liveRoute } from './health/live.ts'
import { readyRoute } from './health/ready.ts'
import { explainRoute } from './key/explain.ts'
import { listRoute } from './key/list.ts'
import { mintRoute } from './key/mint.ts'
import { narrowRoute } from './key/narrow.ts'
import { revokeRoute } from './key/revoke.ts'
import { rotateRoute } from './key/rotate.ts'
import { showRoute } from './key/show.ts'
import { meRoute } from './me/show.ts'
import { refuseOtherMethods } from './method-not-allowed.ts'
import { metricsRoute } from './metrics/show.ts'
import { DOCUMENT } from './openapi/document.ts'
import { oauthRoutes } from './oauth/mount.ts'
import { openapiRoute } from './openapi/show.ts'
import { peopleRoutes } from './people.ts'
import { pickupRoutes } from './pickup/mount.ts'
import { rawDoors } from './raw-doors.ts'
import { resourceRoutes } from './resource/set-state.ts'
import { usageRoute } from './usage/read.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The OpenAPI document of Keywright's routes. */
    keywrightOpenapi(): object
  }
}

const arrivals = new WeakMap<object, number>()

/**
 * @param fastify a scope of its own
 * @param alone given when nothing else is served: unknown addresses are answered here too
 */
export async function mount(
  fastify: FastifyInstance,
  door: Door,
  alone?: { readonly forwardAuth: ForwardAuth },
): Promise<void> {
  const forwardAuth = alone?.forwardAuth ?? new ForwardAuth(door)
  const app = fastify.withTypeProvider<ZodTypeProvider>()
  await app.register(fastifySwagger, {
    openapi: DOCUMENT,
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
    decorator: 'keywrightOpenapi',
  })
  const paths = refuseOtherMethods(app)
  const site = door.accounts && openSite(door, door.accounts, app.prefix)
  const refuse = (request: FastifyRequest, reply: FastifyReply, refusal: CodedRefusal): unknown =>
    answerRefusal({ door, site }, { request, reply }, refusal)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, request, reply) => answerError(door, error, { request, reply }))
  await app.register(async (scope) => rawDoors(scope, door, forwardAuth))
  await app.register(async (scope) => {
    prepare(scope, door)
    if (alone !== undefined) {
      scope.setNotFoundHandler((request, reply) => refuse(request, reply, NOT_FOUND))
    }
    mountJson(scope, door)
    await scope.register(async (forms) => {
      forms.removeAllContentTypeParsers()
      const type = 'application/x-www-form-urlencoded'
      forms.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, parseForm)
      introspectRoute(forms, door)
    })
    const { login } = door.authority.definition
    if (site !== undefined && login !== undefined) {
      await scope.register(async (oauth) => oauthRoutes(oauth, site, login))
      if (login.hasDevice) {
        claimDeviceRoute(scope, door)
        approveDeviceRoute(scope, door)
      }
    }
    if (site !== undefined) {
      const pages = alone === undefined ? PAGES : [frontDoor, ...PAGES]
      await scope.register(async (inner) => mountPages(inner, site, pages))
    }
    paths.refuse(scope, refuse)
  })
}

function mountJson(app: RoutesApp, door: Door): void {
  mintRoute(app, door)
  listRoute(app, door)
  showRoute(app, door)
  narrowRoute(app, door)
  revokeRoute(app, door)
  rotateRoute(app, door)
  explainRoute(app, door)
  pickupRoutes(app, door)
  verifyBatchRoute(app, door)
  meRoute(app, door)
  peopleRoutes(app, door)
  eventsRoute(app, door)
  usageRoute(app, door)
  resourceRoutes(app, door)
  liveRoute(app)
  readyRoute(app, door)
  metricsRoute(app, door)
  openapiRoute(app, () => app.keywrightOpenapi())
}

/** What the routes share that answer through the framework. */
function prepare(app: RoutesApp, door: Door): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX },
    (request, body, done) => {
      if (!isJson(request.headers['content-type'])) return done(new RequestRefused(UNSUPPORTED))
      const json = parseJson(body as Buffer)
      return json.ok ? done(null, json.value) : done(new RequestRefused(json.refusal))
    },
  )
  app.setValidatorCompiler<z.ZodType>(({ schema, httpPart = 'body' }) => (data: unknown) => {
    // Fastify has null for a body that is not there.
    const parsed = schema.safeParse(data ?? undefined)
    if (parsed.success) return { value: parsed.data }
    const where = httpPart === 'querystring' ? 'query' : httpPart
    return { error: new RequestRefused(invalidRequest(where, parsed.error.issues)) }
  })
  app.addHook('onRequest', async (request, reply) => {
    arrivals.set(request, door.clock.monotonic())
    reply.headers(BASE_HEADERS)
    reply.header(REQUEST_ID_HEADER, request.id)
    if (door.isDraining) reply.header('connection', 'close')
  })
  app.addHook('preHandler', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return undefined
    const ended = await refuseEnded(request)
    if (ended === undefined) return undefined
    sendProblem(door, reply, ended)
    return reply
  })
  app.addHook('onResponse', async (request, reply) => {
    door.traffic.note({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      arrivedMs: arrivals.get(request) ?? door.clock.monotonic(),
      requestId: request.id,
      keyId: knownCaller(request)?.keyId ?? undefined,
    })
  })
}

/** Answers for something thrown, or refused before a handler ran. */
export function answerError(
  door: Door,
  error: unknown,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): void {
  const { refusal, isOurs } = refusalOf(error)
  if (isOurs) door.traffic.noteFailure(request.id, error)
  sendProblem(door, reply, refusal)
}
