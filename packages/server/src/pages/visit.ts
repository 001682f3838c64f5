// One request of a browser: who is visiting, and what the answer has to bring along.

import type { Visitor } from '@keywright/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { visitorOf } from '../door/visitor.ts'
import { FORM_TOKEN_FIELD, formTokenOf, newFormCookie, readFormCookie } from './form-token.ts'
import type { Html } from './html.ts'
import { html } from './html.ts'
import type { Site } from './site.ts'

export interface Visit {
  readonly site: Site
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** As accounts want it. */
  readonly visitor: Visitor
  /** The fields of a form that was sent; empty otherwise. A field that came twice is absent. */
  readonly fields: Readonly<Record<string, string>>
  /** The parameters of the address, in the same way. */
  readonly query: Readonly<Record<string, string>>
  /** The hidden field of every form. Sets the browser's cookie when it has none. */
  formToken(): Html
}

export function openVisit(site: Site, request: FastifyRequest, reply: FastifyReply): Visit {
  let cookie = readFormCookie(site.isHttps, request.headers.cookie)
  return {
    site,
    request,
    reply,
    visitor: visitorOf(site.door, request.raw),
    fields: fieldsOf(request.body),
    query: fieldsOf(request.query),
    formToken() {
      if (cookie === undefined) {
        const made = newFormCookie(site.isHttps, site.door.random)
        cookie = made.value
        reply.header('set-cookie', made.setCookie)
      }
      return html`<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${formTokenOf(cookie)}" />`
    },
  }
}

function fieldsOf(body: unknown): Readonly<Record<string, string>> {
  const fields: Record<string, string> = Object.create(null)
  if (typeof body !== 'object' || body === null) return fields
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string') fields[name] = value
  }
  return fields
}
