import type { Definition } from '../definition/definition.ts'
import type { KeyDeps } from '../key/deps.ts'
import { newId } from '../key/id.ts'
import { refuseTarget } from '../login/authorize.ts'
import { findClient } from '../login/client.ts'
import { cleanDeviceName } from '../login/device-name.ts'
import type { Login } from '../login/login.ts'
import type { OAuthOutcome } from '../login/refusal.ts'
import { oauthRefused } from '../login/refusal.ts'
import { isAdministrative, readScopes, scopesOfLogin } from '../login/scopes.ts'
import type { Writes } from '../ports/store.ts'
import { issueSecret } from '../secret/issue.ts'
import { DEVICE_LIFE_SECONDS, POLL_SECONDS } from './device-login.ts'
import { userCodeDigest } from './find.ts'
import { newUserCode, showUserCode } from './user-code.ts'

/** How a device code begins. */
const DEVICE_CODE_HEAD = 'device_code'
/**
 * How long after its end a device login is remembered, to answer a late program. Anybody can start one, so no longer
 * than that.
 */
const KEPT_MS = 600_000
/** User codes of different logins differ; with so many drawn in a row the random source is broken. */
const DRAWS_MAX = 8

/** The parameters as they came; what was left out is undefined. */
export interface StartDeviceRequest {
  readonly clientId?: string | undefined
  readonly scope?: string | undefined
  readonly resource?: string | undefined
  readonly deviceName?: string | undefined
  /** The address it was asked from. */
  readonly network?: string | undefined
}

/** Both codes are shown here only. */
export interface StartedDevice {
  readonly deviceCode: string
  /** As it is shown: `WDJB-MJHT`. */
  readonly userCode: string
  readonly expiresInSeconds: number
  readonly intervalSeconds: number
}

/** A program asks for a device login (RFC 8628 section 3.1). */
export async function startDeviceLogin(
  deps: KeyDeps,
  request: StartDeviceRequest,
): Promise<OAuthOutcome<StartedDevice>> {
  const { definition, random, pepper } = deps
  const found = findClient(definition, request.clientId)
  if (!found.ok) return found
  const { login, client } = found
  if (!login.hasDevice) return oauthRefused('unauthorized_client', 'There is no device login here.')
  if (request.resource !== undefined) return refuseTarget()
  const read = readDeviceScopes(definition, login, request.scope)
  if (!read.ok) return read
  const deviceCode = issueSecret(DEVICE_CODE_HEAD, random, pepper)
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const userCode = await drawUserCode(deps, writes)
    const added = {
      id: newId('dvl', now, random),
      clientId: client.id,
      deviceName: cleanDeviceName(request.deviceName),
      scopes: read.scopes,
      network: request.network ?? null,
      createdAt: now,
      expiresAt: now + DEVICE_LIFE_SECONDS * 1000,
      intervalSeconds: POLL_SECONDS,
      polledAt: null,
      misses: 0,
      claimedBy: null,
      personId: null,
      decision: null,
      decidedBy: null,
      redeemedAt: null,
      keyId: null,
    }
    const digests = { deviceCode: deviceCode.digest, userCode: userCode.digest }
    await writes.insertDeviceLogin({ login: added, ...digests }, now - KEPT_MS)
    return {
      ok: true,
      deviceCode: deviceCode.plaintext,
      userCode: showUserCode(userCode.plaintext),
      expiresInSeconds: DEVICE_LIFE_SECONDS,
      intervalSeconds: POLL_SECONDS,
    }
  })
}

function readDeviceScopes(
  definition: Definition,
  login: Login,
  text: string | undefined,
): OAuthOutcome<{ readonly scopes: readonly string[] }> {
  const read = readScopes(definition, login, text)
  if (!read.ok) return read
  const all = scopesOfLogin(definition, login, read.scopes)
  const scopes = all.filter((scope) => !isAdministrative(scope))
  const isWhole = read.scopes === null || scopes.length === all.length
  if (isWhole && scopes.length > 0) return { ok: true, scopes }
  const description =
    'A device login never gives scopes that administer keys, members or secrets. Ask for less, or log in with a browser on this machine.'
  return oauthRefused('invalid_scope', description)
}

async function drawUserCode(
  { random, pepper }: KeyDeps,
  writes: Writes,
): Promise<{ readonly plaintext: string; readonly digest: string }> {
  for (let draw = 0; draw < DRAWS_MAX; draw += 1) {
    const plaintext = newUserCode(random)
    const digest = userCodeDigest(plaintext, pepper)
    if ((await writes.findDeviceLogin({ userCode: digest })) === undefined) {
      return { plaintext, digest }
    }
  }
  throw new Error('the random source draws the same user codes again and again')
}
