// Access tokens of the local issuer (RFC 9068), signed with its key: what a browser would get for a researcher who
// signs in, and a machine by client credentials.

import { randomUUID } from 'node:crypto'
import type { IssuerInput } from 'keywright'
import { importJWK, SignJWT } from 'jose'
import type { IssuerState } from './state.ts'

/** What the tokens call this API in `aud`. */
export const AUDIENCE = 'https://api.methodiclabs.ai'
/** The client that is a machine: its tokens have it as subject too. */
export const MACHINE = 'build-agent'
export const TOKEN_SECONDS = 3600

/** The researcher of the demonstration. */
export const JANE = { subject: 'jane', name: 'Jane Doe', email: 'jane@acme.example' } as const

/** What the definition says of the local issuer: whoever it signs in becomes a person here. */
export function issuersOf({ issuer }: IssuerState): readonly IssuerInput[] {
  return [{ issuer, audience: AUDIENCE, algorithms: ['RS256'], people: 'join' }]
}

const WEB_CLIENT = 'methodic-web'

/** Whom a token is about. */
export interface TokenOf {
  readonly subject: string
  readonly name?: string
  readonly email?: string
  /** Epoch milliseconds. */
  readonly now: number
}

/** A researcher's token, or, where the subject is the machine itself, a machine's. */
export async function signToken(state: IssuerState, token: TokenOf): Promise<string> {
  const { subject, name, email, now } = token
  const issuedAt = Math.floor(now / 1000)
  const isMachine = subject === MACHINE
  return new SignJWT({
    client_id: isMachine ? MACHINE : WEB_CLIENT,
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: state.key.kid ?? '' })
    .setIssuer(state.issuer)
    .setSubject(subject)
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + TOKEN_SECONDS)
    .setJti(randomUUID())
    .sign(await importJWK(state.key, 'RS256'))
}
