/** The product's server over HTTP, with one credential. */
import type { Route } from '@keywright/client'
import { Failure, interruption } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import type { Api, ApiRequest } from './api.ts'
import { refusalOf } from './refusal.ts'

const REQUEST_MAX_MS = 30_000

export interface ApiLogin {
  readonly server: string
  readonly credential: string
  /** Where the credential comes from, for the text of a refusal; undefined while it is only being tried. */
  readonly source: string | undefined
}

/**
 * An API whose calls fail with our exit codes. A redirect is never followed: it would carry the credential to where
 * somebody else points.
 */
export function openApi({ world, out }: Context, login: ApiLogin): Api {
  const base = login.server.replace(/\/+$/, '')
  const call = async (route: Route, request: ApiRequest = {}): Promise<unknown> => {
    const [method = 'GET', path = '/'] = route.split(' ')
    const url = `${base}${filled(path, request)}`
    const startedAt = world.now()
    const response = await world
      .fetch(url, {
        method,
        redirect: 'manual',
        signal: AbortSignal.any([world.interrupted, AbortSignal.timeout(REQUEST_MAX_MS)]),
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${login.credential}`,
          ...(request.body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      })
      .catch((error: unknown) => {
        throw networkFailure(error, base, world.interrupted)
      })
    out.debug(`${method} ${url} answered ${response.status} in ${world.now() - startedAt} ms`)
    const text = await response.text().catch((error: unknown) => {
      throw networkFailure(error, base, world.interrupted)
    })
    const document = parsed(text)
    const answer = { status: response.status, headers: response.headers, document }
    if (!response.ok) throw refusalOf(answer, { base, source: login.source })
    if (document === undefined && text !== '') throw notOurs(base, response.headers)
    return document
  }
  return { server: login.server, call }
}

function filled(path: string, { path: values = {}, query = {} }: ApiRequest): string {
  const filledIn = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`the route ${path} needs ${name}`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams(query).toString()
  return search === '' ? filledIn : `${filledIn}?${search}`
}

/** Undefined for anything that is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function notOurs(base: string, headers: Headers): Failure {
  const type = headers.get('content-type') ?? 'no content type'
  return new Failure('not_this_product', `${base} answered with ${type} and not with JSON.`, {
    hint: 'Check the server URL: something else answers there.',
  })
}

function networkFailure(error: unknown, base: string, interrupted: AbortSignal): Failure {
  if (interrupted.aborted) return interruption()
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new Failure('timed_out', `${base} did not answer in ${REQUEST_MAX_MS / 1000} s.`, {
      cause: error,
    })
  }
  const code = (error as { cause?: { code?: unknown } }).cause?.code
  const reason = typeof code === 'string' ? ` (${code})` : ''
  return new Failure('unreachable', `${base} cannot be reached${reason}.`, {
    hint: CERTIFICATE.test(String(code))
      ? 'If a proxy of your company signs certificates, name its file in NODE_EXTRA_CA_CERTS.'
      : 'Check the server URL and the network, and try again.',
    cause: error,
  })
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_/
