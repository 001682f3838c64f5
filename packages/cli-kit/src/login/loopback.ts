/** Login in the browser of this machine: authorization code with PKCE, answered on loopback (RFC 8252, RFC 7636). */
import type { Output } from '../output/output.ts'
import { Failure, interruption } from '../output/failure.ts'
import type { World } from '../world/world.ts'
import { ask, type IssuedToken, type OAuthServer } from './oauth-server.ts'
import { type Listener, listenOnLoopback } from './listen.ts'
import { openBrowser } from './open-browser.ts'
import { answerIn } from './pasted.ts'
import { webUrl } from './web-url.ts'

const WAIT_MAX_MS = 10 * 60_000

export interface LoginRequest {
  readonly server: OAuthServer
  /** What this machine's login is called: `user@host`. */
  readonly deviceName: string
  /** Undefined: what the server gives without being asked. */
  readonly scopes: readonly string[] | undefined
  readonly out: Output
}

export interface BrowserRequest extends LoginRequest {
  readonly isBrowserWanted: boolean
  /** Whether somebody sits here who could paste. */
  readonly isPasteTaken: boolean
  /** Reads a line that a person pastes; undefined when there will be none. */
  readonly readLine: (signal: AbortSignal) => Promise<string | undefined>
}

/**
 * Prints the URL first, then tries the browser, then waits for the one answer: that of the browser here, or the address
 * that a browser elsewhere ended at, or the code in it, pasted.
 *
 * @throws Failure when it is refused, not answered in ten minutes, or interrupted
 */
export async function loginByBrowser(request: BrowserRequest, world: World): Promise<IssuedToken> {
  const { server, out } = request
  const { oauth, metadata } = server
  const endpoint = webUrl(metadata.authorization_endpoint, 'authorization_endpoint')
  webUrl(metadata.token_endpoint, 'token_endpoint')
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const listener = await listenOnLoopback(state)
  try {
    endpoint.searchParams.set('response_type', 'code')
    endpoint.searchParams.set('client_id', server.client.client_id)
    endpoint.searchParams.set('redirect_uri', listener.redirectUri)
    endpoint.searchParams.set('code_challenge', await oauth.calculatePKCECodeChallenge(verifier))
    endpoint.searchParams.set('code_challenge_method', 'S256')
    endpoint.searchParams.set('state', state)
    endpoint.searchParams.set('device_name', request.deviceName)
    if (request.scopes !== undefined) endpoint.searchParams.set('scope', request.scopes.join(' '))
    out.show('Open this page in your browser to log in:')
    out.show(endpoint.href)
    if (request.isBrowserWanted && !(await openBrowser(endpoint, world))) {
      out.note('No browser could be started here.')
    }
    // Also where one was started: a program that starts is no page that somebody sees.
    if (request.isPasteTaken) {
      out.note('If the browser is on another machine, paste the address that it ends at here.')
    }
    const answer = await firstOf({ listener, state, request }, world)
    return await exchange(server, { answer, state, verifier, redirectUri: listener.redirectUri })
  } finally {
    await listener.close()
  }
}

interface Exchange {
  readonly answer: URLSearchParams
  readonly state: string
  readonly verifier: string
  readonly redirectUri: string
}

/** RFC 9207: an answer of another server than the one that was asked is dropped before its code is used. */
async function exchange(server: OAuthServer, given: Exchange): Promise<IssuedToken> {
  const { oauth, metadata, client, authentication, options } = server
  const answer = await ask(new URL(metadata.issuer), async () => {
    const checked = oauth.validateAuthResponse(metadata, client, given.answer, given.state)
    const response = await oauth.authorizationCodeGrantRequest(
      metadata,
      client,
      authentication,
      checked,
      given.redirectUri,
      given.verifier,
      options,
    )
    return oauth.processAuthorizationCodeResponse(metadata, client, response)
  })
  return { token: answer.access_token, expiresInSeconds: answer.expires_in }
}

interface Waiting {
  readonly listener: Listener
  readonly state: string
  readonly request: BrowserRequest
}

async function firstOf(
  { listener, state, request }: Waiting,
  world: Pick<World, 'wait' | 'interrupted'>,
): Promise<URLSearchParams> {
  const done = new AbortController()
  const signal = AbortSignal.any([done.signal, world.interrupted])
  const tooLate = world.wait(WAIT_MAX_MS, signal).then(
    () => {
      throw new Failure('login_expired', 'The login was not finished in ten minutes.', {
        hint: 'Begin again.',
      })
    },
    () => {
      throw interruption()
    },
  )
  const pasted = readAnswer({ request, state }, signal)
  try {
    return await Promise.race([listener.answer, pasted, tooLate])
  } finally {
    tooLate.catch(() => undefined)
    pasted.catch(() => undefined)
    done.abort()
  }
}

/** Never resolves when nobody pastes anything that is an answer. */
async function readAnswer(
  { request, state }: Omit<Waiting, 'listener'>,
  signal: AbortSignal,
): Promise<URLSearchParams> {
  const { issuer } = request.server.metadata
  for (;;) {
    const line = await request.readLine(signal)
    if (line === undefined) return new Promise(() => undefined)
    const answer = answerIn(line, { state, issuer })
    if (answer !== undefined) return answer
    if (line.trim() !== '')
      request.out.show('That is no answer to this login. Nothing has changed.')
  }
}
