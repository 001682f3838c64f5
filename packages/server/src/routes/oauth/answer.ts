// Answers of the OAuth endpoints. Their refusals have the form of RFC 6749 section 5.2, because that is what the
// libraries read that programs log in with.

import { oauthErrorSchema } from '@keywright/contract'
import type { OAuthRefused } from '@keywright/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { json } from '../../answer/documented.ts'
import { refusalOf } from '../../answer/problems.ts'
import { problemOf } from '@keywright/verifier'
import type { Door } from '../../door/door.ts'

/** For the document: every refusal of these endpoints. */
export const OAUTH_REFUSALS = {
  400: json('Refused (RFC 6749 section 5.2).', oauthErrorSchema),
  401: json(
    'There is no such client, or it authenticates, which no client here does.',
    oauthErrorSchema,
  ),
  413: json('The body is too large.', oauthErrorSchema),
  415: json('The body is no form.', oauthErrorSchema),
  429: json('Too many requests.', oauthErrorSchema),
  500: json('We failed.', oauthErrorSchema),
  503: json('It cannot be decided now.', oauthErrorSchema),
} as const

/** Answers with a refusal of the domain. */
export function sendOAuthRefused(
  { realm }: Door,
  reply: FastifyReply,
  { error, description }: OAuthRefused,
): void {
  const isClient = error === 'invalid_client'
  // Section 5.2: 401 names a scheme. No client here has a secret, so it is what others would use.
  if (isClient) reply.header('www-authenticate', `Basic realm="${realm}"`)
  send(reply, { status: isClient ? 401 : 400, error, description })
}

/** Refuses for a while: too many attempts. */
export function sendWait(reply: FastifyReply, seconds: number): void {
  reply.header('retry-after', String(seconds))
  const description = `Too many requests. Try again in ${seconds} seconds.`
  send(reply, { status: 429, error: 'temporarily_unavailable', description })
}

/** Answers for something thrown, or refused before a handler ran. */
export function sendOAuthFailure(
  door: Door,
  error: unknown,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): void {
  const { refusal, isOurs } = refusalOf(error)
  if (isOurs) door.traffic.noteFailure(request.id, error)
  const { status, headers } = problemOf(refusal, { realm: door.realm, requestId: request.id })
  const retryAfter = headers['retry-after']
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
  send(reply, { status, error: codeOf(status), description: refusal.detail })
}

/** Section 4.1.2.1 names failures; section 5.2 has no words for them, and libraries know these. */
function codeOf(status: number): string {
  if (status === 503) return 'temporarily_unavailable'
  return status >= 500 ? 'server_error' : 'invalid_request'
}

function send(
  reply: FastifyReply,
  said: { readonly status: number; readonly error: string; readonly description: string },
): void {
  const { status, error, description } = said
  reply.code(status).header('content-type', 'application/json')
  const body = { error, error_description: descriptionText(description) }
  // Bytes: of an object, Fastify would drop what the schema of a status lacks.
  reply.send(Buffer.from(JSON.stringify(body)))
}

/** Section 5.2: a description has printable ASCII without quotes and backslashes. */
function descriptionText(text: string): string {
  return text.replaceAll('"', "'").replaceAll(/[^ !#-[\]-~]/g, '?')
}
