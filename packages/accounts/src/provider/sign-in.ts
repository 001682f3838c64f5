// Sign-in with an outside provider (OpenID Connect Core 1.0, code flow). Who comes back is the pair of issuer and
// subject and nothing else: an address at the provider joins no account here, however verified it says it is (row 32).

import type { AccountAnswer, Visitor } from '@keywright/contract'
import { refused, tooMany } from '../answer/answer.ts'
import { cookieOf, setCookie } from '../auth/cookies.ts'
import { canonicalAddress, placeholderAddress } from '../email/address.ts'
import type { Inside } from '../inside.ts'
import { newId, newToken } from '../inside.ts'
import { CEREMONY_MS, inSeconds } from '../life.ts'
import { takeOnce } from '../one-time/take.ts'
import { enterAs } from '../person/of-user.ts'
import { admit, startSession } from '../session/start.ts'
import { ownPath } from '../sign-up/own-path.ts'
import type { Claims, Flow, Remote } from './remote.ts'
import { ProviderFailed } from './remote.ts'

const NAME_LENGTH_MAX = 100

export type Remotes = ReadonlyMap<string, Remote>

/** Sends the browser to a provider, with a cookie that only it can come back with. */
export async function startProvider(
  { inside, remotes }: { readonly inside: Inside; readonly remotes: Remotes },
  request: { readonly id: string; readonly returnTo?: string | undefined },
  visitor: Visitor,
): Promise<AccountAnswer<{ readonly location: string }>> {
  const remote = remotes.get(request.id)
  if (remote === undefined) return noProvider()
  const wait = await inside.attempts.take('ceremony', { network: visitor.network })
  if (wait !== undefined) return tooMany(wait)
  const flow: Flow = {
    provider: request.id,
    state: newToken(inside),
    nonce: newToken(inside),
    verifier: newToken(inside),
    returnTo: ownPath(request.returnTo, inside.origin),
  }
  try {
    const location = await remote.location(flow)
    const token = newToken(inside)
    await inside.rows.createVerificationValue({
      identifier: identifierOf(token),
      value: JSON.stringify(flow),
      expiresAt: new Date(inside.deps.clock.now() + CEREMONY_MS),
    })
    const cookie = setCookie('provider', token, inSeconds(CEREMONY_MS))
    return { ok: true, location, setCookies: [cookie] }
  } catch (error) {
    return orRefused(error)
  }
}

/** Signs in whoever came back. The cookie and the code work once. */
export async function finishProvider(
  { inside, remotes }: { readonly inside: Inside; readonly remotes: Remotes },
  request: { readonly id: string; readonly url: string },
  visitor: Visitor,
): Promise<AccountAnswer<{ readonly returnTo: string | undefined }>> {
  const remote = remotes.get(request.id)
  if (remote === undefined) return noProvider()
  const flow = await takeFlow(inside, visitor)
  if (flow?.provider !== request.id) return begunElsewhere()
  try {
    const claims = await remote.claims(flow, new URL(request.url, inside.origin))
    const userId = await userOf(inside, claims)
    await enterAs(inside, userId, {
      issuer: claims.iss,
      subject: claims.sub,
      ...profileOf(claims),
    })
    await inside.attempts.succeed('ceremony', { network: visitor.network })
    const admitted = await admit(inside, visitor, await startSession(inside, visitor, userId))
    const setCookies = [...admitted.setCookies, setCookie('provider', '', 0)]
    return admitted.ok
      ? { ok: true, returnTo: flow.returnTo, setCookies }
      : { ...admitted, setCookies }
  } catch (error) {
    return orRefused(error)
  }
}

async function takeFlow(inside: Inside, visitor: Visitor): Promise<Flow | undefined> {
  const token = cookieOf(visitor, 'provider')
  if (token === undefined) return undefined
  const kept = await takeOnce(inside, identifierOf(token))
  return kept === undefined ? undefined : (JSON.parse(kept) as Flow)
}

function identifierOf(token: string): string {
  return `provider:${token}`
}

/** The account of an identity, made the first time; two sign-ins at once make one. */
async function userOf(inside: Inside, claims: Claims): Promise<string> {
  const key = { providerId: claims.iss, accountId: claims.sub }
  const known = await inside.rows.findAccountByKey(key)
  if (known !== null) return known.userId
  const id = newId(inside)
  const { name } = profileOf(claims)
  const user = { id, name, email: placeholderAddress(id), emailVerified: false }
  try {
    await inside.rows.createOAuthUser(user, key)
    return id
  } catch (error) {
    const other = await inside.rows.findAccountByKey(key)
    if (other === null) throw error
    return other.userId
  }
}

function profileOf(claims: Claims): {
  readonly name: string
  readonly email: string | null
  readonly isEmailVerified: boolean
} {
  const email = typeof claims.email === 'string' ? (canonicalAddress(claims.email) ?? null) : null
  const name = [claims.name, claims.preferred_username, email, claims.sub]
    .filter((text) => typeof text === 'string')
    .map((text) =>
      text
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, NAME_LENGTH_MAX),
    )
    .find((text) => text !== '')
  const isEmailVerified = email !== null && claims.email_verified === true
  return { name: name ?? claims.sub, email, isEmailVerified }
}

function orRefused(error: unknown): AccountAnswer<never> {
  if (!(error instanceof ProviderFailed)) throw error
  const detail = `${error.message} Try again, or sign in another way.`
  return refused('provider_refused', detail, [setCookie('provider', '', 0)])
}

function noProvider(): AccountAnswer<never> {
  return refused('provider_not_found', 'There is no such provider. Choose one of those shown.')
}

function begunElsewhere(): AccountAnswer<never> {
  const detail = 'This sign-in was not begun in this browser, or it took too long. Begin again.'
  return refused('provider_refused', detail, [setCookie('provider', '', 0)])
}
