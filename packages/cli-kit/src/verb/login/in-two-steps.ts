/**
 * A login for programs that cannot wait: `--start` prints where to approve it and ends with 9, `--complete` asks once
 * whether somebody did. The code that the server gives the login for is never printed.
 */
import {
  askOnce,
  beginByDevice,
  intervalOf,
  showCode,
  SLOW_DOWN_SECONDS,
} from '../../login/device.ts'
import { findOAuthServer, type OAuthServer } from '../../login/oauth-server.ts'
import { timeText } from '../../output/time-text.ts'
import { Failure, interruption } from '../../output/failure.ts'
import type { Context } from '../../session/context.ts'
import { commandText } from '../../session/command-text.ts'
import { madeBy, type Obtained } from './obtain.ts'
import { forgetPending, keepPending, type PendingLogin } from './pending.ts'

interface StartedLogin {
  readonly server: string
  readonly profile: string | undefined
  /** What `--store` said. */
  readonly store: string | undefined
  readonly isQrWanted: boolean
}

/** @throws Failure `login_pending`, always: the login is not done */
export async function startLogin(
  context: Context,
  { server: base, profile, store, isQrWanted }: StartedLogin,
): Promise<never> {
  const { out, world } = context
  const { server, scopes } = await findServer(context, base)
  const deviceName = `${world.user}@${world.hostName}`
  const request = { server, deviceName, scopes, out, isQrWanted }
  const begun = await beginByDevice(request)
  const interval = intervalOf(begun)
  const expiresAt = world.now() + begun.expires_in * 1000
  await keepPending(context, {
    server: base,
    profile: profile ?? null,
    store: store ?? null,
    deviceCode: begun.device_code,
    intervalSeconds: interval,
    askedAt: world.now(),
    expiresAt,
  })
  if (!out.rules.isJson) await showCode(request, begun)
  out.answer(
    {
      status: 'pending',
      server: base,
      verification_uri: begun.verification_uri,
      verification_uri_complete: begun.verification_uri_complete,
      user_code: begun.user_code,
      device_name: deviceName,
      expires_at: timeText(expiresAt),
      interval,
      next_step: nextStep(context),
    },
    [],
  )
  throw stillPending(context, interval)
}

/**
 * Asks the server once, not sooner than it allows.
 *
 * @throws Failure `login_pending` while nobody approved it, `login_refused` and `login_expired` when nobody will
 */
export async function completeLogin(context: Context, pending: PendingLogin): Promise<Obtained> {
  const { world } = context
  const { deviceCode, intervalSeconds, askedAt, expiresAt } = pending
  if (world.now() >= expiresAt) {
    await forgetPending(context)
    throw new Failure('login_expired', 'The login was not approved in time.', {
      hint: `Begin again with \`${commandText(context, 'login') ?? ''} --start\`.`,
    })
  }
  const early = askedAt + intervalSeconds * 1000 - world.now()
  if (early > 0) {
    await world.wait(early, world.interrupted).catch(() => {
      throw interruption()
    })
  }
  const { server } = await findServer(context, pending.server)
  const answer = await askOnce(server, deviceCode).catch(async (error: unknown) => {
    const isOver =
      error instanceof Failure && ['login_refused', 'login_expired'].includes(error.code)
    if (isOver) await forgetPending(context)
    throw error
  })
  if (typeof answer === 'object') {
    await forgetPending(context)
    return madeBy(server, answer)
  }
  const interval = intervalSeconds + (answer === 'slow_down' ? SLOW_DOWN_SECONDS : 0)
  await keepPending(context, { ...pending, intervalSeconds: interval, askedAt: world.now() })
  throw stillPending(context, interval)
}

async function findServer(
  { line, world }: Context,
  base: string,
): Promise<{ readonly server: OAuthServer; readonly scopes: readonly string[] | undefined }> {
  const { login } = line
  if (login.way !== 'browser') {
    throw new Failure('usage', `${line.name} has no login by code.`, { hint: 'Give a credential.' })
  }
  const server = await findOAuthServer(new URL(base), login.clientId, world)
  return { server, scopes: login.scopes }
}

function stillPending(context: Context, intervalSeconds: number): Failure {
  return new Failure('login_pending', 'The login waits for its approval.', {
    hint: `When it is approved, run \`${nextStep(context)}\`.`,
    retryAfterSeconds: intervalSeconds,
  })
}

function nextStep(context: Context): string {
  return `${commandText(context, 'login') ?? context.line.name} --complete`
}
