import type { Clock, Definition, Refused } from '@keywright/core'
import type { KeysFailed, VerifiedToken } from '@keywright/verifier'
import { guardedGet, JwtVerifier } from '@keywright/verifier'
import { systemClock } from './clock.ts'

export interface OpenIssuersOptions {
  /** Told when an issuer's keys could not be fetched; callers see 503 and no reason. */
  readonly onKeysFailed?: (failed: KeysFailed) => void
  /** For tests of what depends on time. */
  readonly clock?: Clock
}

/** Verifies JWTs of the issuers that a definition names. */
export interface Issuers {
  /** @returns who the token is of, by issuer and subject, or the refusal: tell them apart by `'code' in result` */
  verify(token: string): Promise<VerifiedToken | Refused>
  /** Forgets the keys and tokens of one issuer, or of all: what it signed is looked at anew. */
  flush(issuer?: string): void
}

/**
 * Opens the issuers of a definition. Nothing is fetched before the first token comes.
 *
 * @example
 * const issuers = openIssuers(definition)
 * const token = await issuers.verify(bearer)
 * if ('code' in token) return guard.refuse(c, token)
 */
export function openIssuers(definition: Definition, options: OpenIssuersOptions = {}): Issuers {
  const { clock = systemClock, onKeysFailed } = options
  const jwt = new JwtVerifier({
    issuers: definition.issuers,
    clock,
    get: guardedGet(),
    ...(onKeysFailed === undefined ? {} : { onKeysFailed }),
  })
  return {
    verify: (token) => jwt.verifyJwt(token, clock.now()),
    flush: (issuer) => jwt.flush(issuer),
  }
}
