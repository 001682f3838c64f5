/** Login approved on another device: the device authorization grant (RFC 8628). No listener and no browser here. */
import { Failure } from '../output/failure.ts'
import { Countdown } from './countdown.ts'
import type { World } from '../world/world.ts'
import type { LoginRequest } from './loopback.ts'
import { ask, type IssuedToken, oauthErrorOf, type OAuthServer } from './oauth-server.ts'
import { showQr } from './qr.ts'
import { webUrl } from './web-url.ts'

/** RFC 8628, section 3.2: when the server does not say. */
const INTERVAL_SECONDS = 5
/** RFC 8628, section 3.5: what `slow_down` adds, for all polls that follow. */
export const SLOW_DOWN_SECONDS = 5
const INTERVAL_MAX_SECONDS = 60
/** What a server may ask for: less would storm it, and more than an hour is no wait that anybody sits through. */
const ASKED_SECONDS = { min: 1, max: 3600 } as const
/** No code counts longer, whatever a server says: times far from now are no dates. */
const LIFE_MAX_SECONDS = 86_400

export interface DeviceRequest extends LoginRequest {
  /** Whether the page is shown as a QR code too. */
  readonly isQrWanted: boolean
}

/**
 * Shows a page and a code, and asks until somebody approved it there.
 *
 * @throws Failure `login_refused`, `login_expired`, or what the network did
 */
export async function loginByDevice(request: DeviceRequest, world: World): Promise<IssuedToken> {
  const begun = await beginByDevice(request)
  await showCode(request, begun)
  return poll(request, begun, world)
}

/** Tells the person where to type what. */
export async function showCode(
  { server, out, deviceName, isQrWanted }: DeviceRequest,
  begun: Begun,
): Promise<void> {
  const page = webUrl(begun.verification_uri, 'verification_uri')
  const minutes = Math.max(1, Math.round(begun.expires_in / 60))
  out.show('Open this page on any device:')
  out.show(page.href)
  out.show(`and enter the code ${out.errorStyle('bold', begun.user_code)}`)
  out.show(`The page names this login as ${deviceName}. The code counts for ${minutes} min.`)
  if (out.terminalColumns !== undefined) {
    out.show(`The login is for ${new URL(server.metadata.issuer).host}.`)
  }
  out.show('Cancel there if somebody else sent you this code.')
  if (isQrWanted) await showQr(out, pageWithCode(begun) ?? page)
}

/** The page that knows the code already, so that nobody types it (RFC 8628, section 3.3.1). */
function pageWithCode({ verification_uri_complete: page }: Begun): URL | undefined {
  return page === undefined ? undefined : webUrl(page, 'verification_uri_complete')
}

/** What the server answers to a login by code (RFC 8628, section 3.2). Times are seconds. */
export interface Begun {
  readonly device_code: string
  readonly user_code: string
  readonly verification_uri: string
  readonly verification_uri_complete?: string
  readonly expires_in: number
  readonly interval?: number
}

/** Seconds between two polls. */
export function intervalOf({ interval = INTERVAL_SECONDS }: Begun): number {
  return Math.min(ASKED_SECONDS.max, Math.max(ASKED_SECONDS.min, interval))
}

/** Asks for a code. @throws Failure `not_this_product` when the server has no login by code */
export async function beginByDevice({ server, deviceName, scopes }: LoginRequest): Promise<Begun> {
  const { oauth, metadata, client, authentication, options } = server
  if (metadata.device_authorization_endpoint === undefined) {
    throw new Failure('not_this_product', 'The server has no login by code.', {
      hint: 'Log in with a browser on this machine, or with a token.',
    })
  }
  webUrl(metadata.device_authorization_endpoint, 'device_authorization_endpoint')
  webUrl(metadata.token_endpoint, 'token_endpoint')
  const begun = await ask(new URL(metadata.issuer), async () => {
    const response = await oauth.deviceAuthorizationRequest(
      metadata,
      client,
      authentication,
      { device_name: deviceName, ...(scopes !== undefined && { scope: scopes.join(' ') }) },
      options,
    )
    return oauth.processDeviceAuthorizationResponse(metadata, client, response)
  })
  // Also where a program reads them and no person sees them: it would open them.
  webUrl(begun.verification_uri, 'verification_uri')
  pageWithCode(begun)
  return { ...begun, expires_in: Math.min(begun.expires_in, LIFE_MAX_SECONDS) }
}

async function poll(
  { server, out }: LoginRequest,
  begun: Begun,
  world: World,
): Promise<IssuedToken> {
  const until = world.now() + begun.expires_in * 1000
  const countdown = new Countdown(out, world, until)
  let interval = intervalOf(begun)
  try {
    while (world.now() + interval * 1000 < until) {
      await countdown.wait(interval * 1000)
      const answer = await askOnce(server, begun.device_code)
      if (typeof answer === 'object') return answer
      if (answer === 'slow_down') interval += SLOW_DOWN_SECONDS
      if (answer === 'busy') interval = Math.min(interval * 2, INTERVAL_MAX_SECONDS)
    }
  } finally {
    countdown.end()
  }
  throw new Failure('login_expired', 'The login was not approved in time.', {
    hint: 'Begin again.',
  })
}

/** One poll. A server that is down for a moment is asked again, ever more slowly: the approval is not lost. */
export async function askOnce(
  server: OAuthServer,
  deviceCode: string,
): Promise<IssuedToken | 'pending' | 'slow_down' | 'busy'> {
  const { oauth, metadata, client, authentication, options } = server
  try {
    return await ask(new URL(metadata.issuer), async () => {
      const response = await oauth.deviceCodeGrantRequest(
        metadata,
        client,
        authentication,
        deviceCode,
        options,
      )
      if (response.status >= 500 || response.status === 429) {
        await response.body?.cancel()
        return 'busy'
      }
      const answer = await oauth
        .processDeviceCodeResponse(metadata, client, response)
        .catch(waitingOf)
      if (typeof answer === 'string') return answer
      return { token: answer.access_token, expiresInSeconds: answer.expires_in }
    })
  } catch (error) {
    const isPassing =
      error instanceof Failure && (error.code === 'unreachable' || error.code === 'timed_out')
    if (isPassing) return 'busy'
    throw error
  }
}

function waitingOf(error: unknown): 'pending' | 'slow_down' {
  const code = oauthErrorOf(error)
  if (code === 'authorization_pending') return 'pending'
  if (code === 'slow_down') return 'slow_down'
  throw error
}
