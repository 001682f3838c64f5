// Mounts pages with what all of them share: they take forms of our own and nothing else.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { refusalOf, RequestRefused } from '../answer/problems.ts'
import { refuseCrossSite } from '../door/same-origin.ts'
import { BODY_BYTES_MAX } from '../request/body.ts'
import { parseForm } from '../request/form.ts'
import type { RoutesApp } from '../routes/app.ts'
import { assetRoutes } from './assets/serve.ts'
import { FORM_TOKEN_FIELD, isFormToken, readFormCookie } from './form-token.ts'
import { answerRefusal } from './refusal-page.ts'
import type { Site } from './site.ts'
import type { Visit } from './visit.ts'
import { openVisit } from './visit.ts'

const FORM_TYPE = 'application/x-www-form-urlencoded'

/** Adds what shows pages: a route each. */
export type PageRoutes = (app: RoutesApp, site: Site) => void

/** @param app a scope of its own */
export function mountPages(app: RoutesApp, site: Site, pages: readonly PageRoutes[]): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(FORM_TYPE, { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, parseForm)
  app.setErrorHandler((error, request, reply) => {
    const { refusal, isOurs } = refusalOf(error)
    if (isOurs) site.door.traffic.noteFailure(request.id, error)
    void answerRefusal({ door: site.door, site }, { request, reply }, refusal)
  })
  app.addHook('onRequest', async (request) => {
    if (changesNothing(request)) return
    const refusal = refuseCrossSite(site.origin, request.raw)
    if (refusal !== undefined) throw new RequestRefused(refusal)
  })
  app.addHook('preHandler', async (request) => {
    if (changesNothing(request)) return
    const cookie = readFormCookie(site.isHttps, request.headers.cookie)
    const token = (request.body as Record<string, unknown> | null)?.[FORM_TOKEN_FIELD]
    if (isFormToken(cookie, token)) return
    const detail =
      'The form was opened in another browser, or this one keeps no cookies. Open the page again and send it once more.'
    throw new RequestRefused({ code: 'form_expired', detail })
  })
  assetRoutes(app, site)
  for (const routes of pages) routes(app, site)
}

function changesNothing({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** One address: what it shows, and what sending its form does. GET changes nothing (RFC 9110 section 9.2.1). */
export interface PageRoute {
  readonly show?: (visit: Visit) => unknown
  readonly submit?: (visit: Visit) => unknown
}

/** Adds the page at a path. */
export function pageAt(
  app: RoutesApp,
  site: Site,
  { url, show, submit }: PageRoute & { readonly url: `/${string}` },
): void {
  const schema = { hide: true }
  const by =
    (answer: (visit: Visit) => unknown) => async (request: FastifyRequest, reply: FastifyReply) => {
      await answer(openVisit(site, request, reply))
      return reply
    }
  if (show !== undefined) app.route({ method: 'GET', url, schema, handler: by(show) })
  if (submit !== undefined) app.route({ method: 'POST', url, schema, handler: by(submit) })
}
