/**
 * The authorization server of a product, as its metadata describes it (RFC 8414), and the public client that this
 * command line is there. Everything the server names is checked before it is used.
 */
import type * as OAuth from 'oauth4webapi'
import { Failure } from '../output/failure.ts'
import type { World } from '../world/world.ts'
import { boundedAnswer } from './bounded-answer.ts'
import { isLoopback, webUrl } from './web-url.ts'

const REQUEST_MAX_MS = 20_000
const UNDO_MAX_MS = 5000

export type OAuthWorld = Pick<World, 'fetch' | 'interrupted'>

export interface OAuthServer {
  /** Loaded when a login begins: most commands never need it. */
  readonly oauth: typeof OAuth
  readonly metadata: OAuth.AuthorizationServer
  readonly client: OAuth.Client
  readonly authentication: OAuth.ClientAuth
  /** Further options of each request. */
  readonly options: { readonly signal: () => AbortSignal }
}

/** A token that a login gave. */
export interface IssuedToken {
  readonly token: string
  /** Seconds that it lives; undefined when the server does not say. */
  readonly expiresInSeconds: number | undefined
}

/**
 * Asks the server for its metadata.
 *
 * @param issuer the base URL of the API, which is its issuer
 * @throws Failure `unreachable`, `timed_out`, or `not_this_product` when there is no such metadata
 */
export async function findOAuthServer(
  issuer: URL,
  clientId: string,
  world: OAuthWorld,
): Promise<OAuthServer> {
  const oauth = await import('oauth4webapi')
  const options = {
    [oauth.customFetch]: async (url: string, init: object) =>
      boundedAnswer(await world.fetch(url, init)),
    // The library refuses plain http altogether; web-url.ts says where it is allowed.
    [oauth.allowInsecureRequests]: isLoopback(issuer),
    signal: () => AbortSignal.any([world.interrupted, AbortSignal.timeout(REQUEST_MAX_MS)]),
  }
  const metadata = await ask(issuer, async () => {
    const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...options })
    const again = response.clone()
    return oauth.processDiscoveryResponse(issuer, response).catch(async (error: unknown) => {
      const other = error instanceof Error ? otherIssuerOf(error) : undefined
      if (other === undefined || !isSamePort(issuer, other)) throw error
      return askedAt(issuer, await oauth.processDiscoveryResponse(other, again))
    })
  })
  return {
    oauth,
    metadata,
    client: { client_id: clientId },
    authentication: oauth.None(),
    options,
  }
}

/** Ends a token at its server (RFC 7009); false when the server has no way to. */
export async function revokeToken(server: OAuthServer, token: string): Promise<boolean> {
  const { oauth, metadata, client, authentication, options } = server
  if (metadata.revocation_endpoint === undefined) return false
  webUrl(metadata.revocation_endpoint, 'revocation_endpoint')
  await ask(new URL(metadata.issuer), async () => {
    const response = await oauth.revocationRequest(metadata, client, authentication, token, options)
    await oauth.processRevocationResponse(response)
  })
  return true
}

/** As `revokeToken`, also after Ctrl-C: what nobody will use must not stay valid. */
export function undoToken(server: OAuthServer, token: string): Promise<boolean> {
  const signal = (): AbortSignal => AbortSignal.timeout(UNDO_MAX_MS)
  return revokeToken({ ...server, options: { ...server.options, signal } }, token)
}

/**
 * Runs a request and says in our words why it failed. Of the server's answer only the standard fields of an OAuth error
 * are told on (RFC 6749, section 5.2).
 */
export async function ask<T>(server: URL, request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    throw failureOf(error, server)
  }
}

function failureOf(error: unknown, server: URL): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error
  if (error.name === 'TimeoutError') {
    return new Failure('timed_out', `${server.origin} did not answer in time.`, { cause: error })
  }
  if (error.name === 'AbortError') return new Failure('interrupted', 'Interrupted.')
  // What fetch throws for a network that cannot be reached; oauth4webapi's own TypeErrors carry a code.
  if (error instanceof TypeError && !('code' in error)) {
    return new Failure('unreachable', `${server.origin} cannot be reached${reasonOf(error)}.`, {
      hint: 'Check the server URL and the network, and try again.',
      cause: error,
    })
  }
  const code = oauthErrorOf(error)
  if (code !== undefined) return refusalOf(code, error)
  const elsewhere = otherIssuerOf(error)
  if (elsewhere !== undefined) {
    return new Failure(
      'not_this_product',
      `${server.origin} says that its logins are at ${elsewhere.origin}.`,
      { hint: 'If that is the server you mean, give that as server URL.', cause: error },
    )
  }
  return new Failure(
    'not_this_product',
    `${server.origin} does not answer as a login server does.`,
    {
      hint: 'Check the server URL.',
      cause: error,
    },
  )
}

/**
 * The issuer that the metadata names, where it is not the one that was asked (RFC 8414, section 3.3). Nobody is led to
 * another machine; it is only told.
 */
function otherIssuerOf({ cause }: Error): URL | undefined {
  const { attribute, body } = (cause ?? {}) as { attribute?: unknown; body?: { issuer?: unknown } }
  if (attribute !== 'issuer' || typeof body?.issuer !== 'string') return undefined
  const issuer = URL.parse(body.issuer)
  return issuer?.protocol === 'https:' || issuer?.protocol === 'http:' ? issuer : undefined
}

/** `localhost` for `127.0.0.1`: two names of this machine and one port are one server to whoever runs it here. */
function isSamePort(one: URL, other: URL): boolean {
  const areHere = isLoopback(one) && isLoopback(other)
  return areHere && one.protocol === other.protocol && one.port === other.port
}

/** What this program asks itself, and no browser. */
const ENDPOINTS = [
  'token_endpoint',
  'device_authorization_endpoint',
  'revocation_endpoint',
] as const satisfies readonly (keyof OAuth.AuthorizationServer)[]

/**
 * The server under the name that the person gave it. `localhost` is two addresses, and at the other one somebody else of this
 * machine could listen at the same port: the server that answered is asked again, and no name is looked up for it.
 */
function askedAt(asked: URL, metadata: OAuth.AuthorizationServer): OAuth.AuthorizationServer {
  const { origin } = new URL(metadata.issuer)
  const here = ENDPOINTS.flatMap((name) => {
    const url = URL.parse(metadata[name] ?? '')
    return url?.origin === origin ? [[name, asked.origin + url.pathname + url.search]] : []
  })
  return { ...metadata, ...(Object.fromEntries(here) as object) }
}

function refusalOf(code: string, error: Error): Failure {
  if (code === 'access_denied') return new Failure('login_refused', 'The login was refused.')
  if (code === 'expired_token') {
    return new Failure('login_expired', 'The login was not approved in time.', {
      hint: 'Begin again.',
    })
  }
  const said = (error as { error_description?: unknown }).error_description
  const detail = typeof said === 'string' ? `: ${said.slice(0, 200)}` : ''
  return new Failure('login_refused', `The server refused the login (${code})${detail}`)
}

/** The `error` of an OAuth error answer. */
export function oauthErrorOf(error: unknown): string | undefined {
  const code = (error as { error?: unknown } | undefined)?.error
  return typeof code === 'string' ? code : undefined
}

function reasonOf(error: Error): string {
  const code = (error.cause as { code?: unknown } | undefined)?.code
  return typeof code === 'string' ? ` (${code})` : ''
}
