// Verification of outside issuers' JWTs: form, issuer, pinned algorithm and type, then the signature, and only then the
// claims (RFC 8725 section 3). The identity is the pair of issuer and subject; an e-mail address never is one. Assumes
// that the definition was checked. Does not decide what the identity may do: that is the verdict's.

import type { Issuer, Refused, TokenSays } from '@keywright/core'
import { refuse } from '@keywright/core'
import { digestKey } from '@keywright/token'
import type { JWTPayload } from 'jose'
import { errors, jwtVerify } from 'jose'
import { Generations } from '../engine/generations.ts'
import { isAccessType, whyNoAccessToken } from './access-token.ts'
import type { IssuerKeysDeps } from './issuer-keys.ts'
import { FETCH_PAUSE_MS, IssuerKeys, KEYS_STALE_MS } from './issuer-keys.ts'
import type { KeySet } from './key-set.ts'
import { readToken, TOKEN_LENGTH_MAX } from './read-token.ts'

/** How far the clocks of issuer and verifier may be apart. */
const SKEW_SECONDS = 30
/** How long a verified token is not looked at again. */
const VERIFIED_MS = 60_000
const VERIFIED_MAX = 10_000
const REQUIRED_CLAIMS = ['iss', 'sub', 'aud', 'exp', 'iat']
/** OpenID Connect Core 1.0 section 2: a subject has 255 characters at most. */
const TEXT_LENGTH_MAX = 255

/** A genuine, current access token of a known issuer. `issuer` and `subject` together are who it is. */
export interface VerifiedToken extends TokenSays {
  /** Epoch milliseconds of its `exp`; up to 30 s of clock skew are granted beyond it. */
  readonly expiresAt: number
}

export interface JwtVerifierDeps extends IssuerKeysDeps {
  /** From the definition, by exact `iss`. */
  readonly issuers: ReadonlyMap<string, Issuer>
}

interface Trusted {
  readonly issuer: Issuer
  readonly keys: IssuerKeys
}

interface Remembered {
  readonly token: VerifiedToken
  /** Epoch milliseconds. */
  readonly until: number
  /** Monotonic milliseconds, so that a clock that is set back keeps nothing alive. */
  readonly untilMonotonic: number
}

export class JwtVerifier {
  readonly #deps: JwtVerifierDeps
  readonly #trusted: ReadonlyMap<string, Trusted>
  readonly #verified = new Generations<Remembered>(VERIFIED_MAX)
  #flushes = 0

  constructor(deps: JwtVerifierDeps) {
    this.#deps = deps
    this.#trusted = new Map(
      [...deps.issuers].map(([name, issuer]) => [
        name,
        { issuer, keys: new IssuerKeys(issuer, deps) },
      ]),
    )
  }

  /**
   * A token that was verified within the last minute; no cryptography but a digest, nothing asynchronous.
   * @param nowMs wall time, epoch milliseconds
   */
  recall(token: string, nowMs: number): VerifiedToken | undefined {
    if (token.length > TOKEN_LENGTH_MAX) return undefined
    const key = digestKey(token)
    const known = this.#verified.get(key)
    if (known === undefined) return undefined
    if (nowMs < known.until && this.#deps.clock.monotonic() < known.untilMonotonic) {
      return known.token
    }
    this.#verified.delete(key)
    return undefined
  }

  /**
   * Verifies a compact JWS.
   * @param nowMs wall time, epoch milliseconds
   * @returns who it is, or `invalid_token`, `token_expired`, `unknown_issuer` (401), or `unavailable` (503)
   */
  async verifyJwt(token: string, nowMs: number): Promise<VerifiedToken | Refused> {
    const recalled = this.recall(token, nowMs)
    if (recalled !== undefined) return recalled
    const claim = readToken(token)
    if (claim === undefined) return invalid('It is malformed or names a key of its own.')
    const trusted = this.#trusted.get(claim.issuer)
    if (trusted === undefined) return UNKNOWN_ISSUER
    if (!trusted.issuer.algorithms.some((algorithm) => algorithm === claim.algorithm)) {
      return invalid('It is signed with an algorithm that is not accepted from its issuer.')
    }
    if (!isAccessType(claim.type, trusted.issuer.typ)) return invalid('It is no access token.')
    const flushes = this.#flushes
    const keys = await trusted.keys.keysFor(claim.keyId)
    if (keys === undefined) return unavailable(trusted.keys.waitSeconds)
    const verified = await prove({ token, keys, issuer: trusted.issuer, nowMs })
    if ('subject' in verified && flushes === this.#flushes) {
      this.#remember(token, verified, { keys, nowMs })
    }
    return verified
  }

  /** Forgets keys and verified tokens, of one issuer or of all: for when an issuer took a key back. */
  flush(issuer?: string): void {
    this.#flushes += 1
    this.#verified.clear()
    for (const [name, { keys }] of this.#trusted) {
      if (issuer === undefined || issuer === name) keys.flush()
    }
  }

  // Never beyond the time at which its keys must be fetched again: a removed key ends with that.
  #remember(token: string, verified: VerifiedToken, { keys, nowMs }: Proved): void {
    const now = this.#deps.clock.monotonic()
    this.#verified.set(digestKey(token), {
      token: verified,
      until: Math.min(verified.expiresAt, nowMs + VERIFIED_MS),
      untilMonotonic: Math.min(now + VERIFIED_MS, keys.fetchedAt + KEYS_STALE_MS),
    })
  }
}

interface Proved {
  readonly keys: KeySet
  readonly nowMs: number
}

interface Proof extends Proved {
  readonly token: string
  readonly issuer: Issuer
}

async function prove({ token, keys, issuer, nowMs }: Proof): Promise<VerifiedToken | Refused> {
  try {
    const { payload } = await jwtVerify(token, (header) => keys.find(header), {
      algorithms: [...issuer.algorithms],
      issuer: issuer.issuer,
      audience: issuer.audience,
      requiredClaims: REQUIRED_CLAIMS,
      maxTokenAge: issuer.maxAgeSeconds,
      clockTolerance: SKEW_SECONDS,
      currentDate: new Date(nowMs),
    })
    return identify(payload, issuer)
  } catch (error) {
    if (error instanceof errors.JWTExpired) return EXPIRED
    if (error instanceof errors.JWTClaimValidationFailed) {
      return invalid(`Its claim ${error.claim} is missing or does not fit.`)
    }
    if (error instanceof errors.JOSEError) {
      return invalid('Its signature is not by a key of its issuer.')
    }
    // A key that the runtime cannot use proves nothing either way.
    return unavailable(FETCH_PAUSE_MS / 1000)
  }
}

function identify(payload: JWTPayload, issuer: Issuer): VerifiedToken | Refused {
  const claims: Readonly<Record<string, unknown>> = payload
  const { sub, exp = 0, iat = 0 } = payload
  if (!isText(sub)) return invalid('Its claim sub is no name.')
  if (exp <= iat || exp - iat > issuer.maxAgeSeconds) {
    return invalid(`It lives longer than the ${issuer.maxAgeSeconds} s accepted here.`)
  }
  const why = whyNoAccessToken(claims)
  if (why !== undefined) return invalid(why)
  const mapped: { organization?: string; role?: string } = {}
  for (const field of ['organization', 'role'] as const) {
    const name = issuer.claims?.[field]
    if (name === undefined || !Object.hasOwn(claims, name)) continue
    const value = claims[name]
    // Left out it would mean less than it says, or more.
    if (!isText(value)) return invalid(`Its claim ${name} is no text.`)
    mapped[field] = value
  }
  const { name } = claims
  return {
    issuer: issuer.issuer,
    subject: sub,
    // Times may have fractions of any length (RFC 7519 section 2); what is kept are whole milliseconds.
    issuedAt: Math.floor(iat * 1000),
    name: typeof name === 'string' ? name : undefined,
    organization: mapped.organization,
    role: mapped.role,
    expiresAt: Math.floor(exp * 1000),
  }
}

function isText(value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || value.length > TEXT_LENGTH_MAX) return false
  // Two names that are stored or shown alike would be one person.
  return value.isWellFormed() && !/\p{Cc}/u.test(value)
}

const UNKNOWN_ISSUER = refuse(
  'unknown_issuer',
  'The issuer of this token is not accepted here. Use a token of one that is.',
)

const EXPIRED = refuse(
  'token_expired',
  'This token has expired or is too old. Get a new one from your identity provider.',
)

function invalid(why: string): Refused {
  return refuse('invalid_token', `This token is not valid. ${why}`)
}

function unavailable(waitSeconds: number): Refused {
  const detail = 'The keys of the issuer of this token cannot be had now. Try again shortly.'
  return { ...refuse('unavailable', detail), retryAfterSeconds: waitSeconds }
}
