// Outside issuers of JWTs, as a definition names them. A token is accepted only for what is pinned here: nothing in a
// token chooses its algorithm, its key's origin or its audience (RFC 8725 sections 3.1 to 3.9).

/** The signature algorithms that can be pinned: asymmetric ones only, so that no verifier could sign. */
export const TOKEN_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const

export type TokenAlgorithm = (typeof TOKEN_ALGORITHMS)[number]

/** `at+jwt` is RFC 9068; `JWT` is for issuers whose access tokens say nothing more. */
export const TOKEN_TYPES = ['at+jwt', 'JWT'] as const

export type TokenType = (typeof TOKEN_TYPES)[number]

/** Whose tokens an issuer's definition accepts. */
export const TOKEN_PEOPLE = ['known', 'join'] as const

type TokenPeople = (typeof TOKEN_PEOPLE)[number]

/** Seconds a token may be old, and may live, when the definition says nothing. */
const TOKEN_AGE_SECONDS = 3600

/** The longest life in seconds that a definition may allow. */
export const TOKEN_AGE_MAX_SECONDS = 86_400

/** An outside issuer as a definition writes it. */
export interface IssuerInput {
  /** The exact `iss` of its tokens: `https://auth.acme.com`. */
  readonly issuer: string
  /** The `aud` that its tokens must name: this API. */
  readonly audience: string
  readonly algorithms: readonly TokenAlgorithm[]
  /** Where its keys are; without it, its `/.well-known/openid-configuration` says. */
  readonly jwksUrl?: string
  /** The `typ` of its access tokens; default `at+jwt`. */
  readonly typ?: TokenType
  /** Tokens that are older or live longer are refused; default 3600. */
  readonly maxAgeSeconds?: number
  /**
   * Whose tokens count: of people who are `known` already (the default), or of anybody it signs in: the first token makes
   * the person, who `join`s with no role but what `claims` give.
   */
  readonly people?: TokenPeople
  /**
   * Names of the claims that say an organization, by slug or id, and the person's role there. For what they give, the
   * newest token decides; roles that people gave are left alone.
   */
  readonly claims?: { readonly organization: string; readonly role: string }
}

/** An outside issuer as the verifier runs it. */
export interface Issuer {
  readonly issuer: string
  readonly audience: string
  readonly algorithms: readonly TokenAlgorithm[]
  readonly jwksUrl: string | undefined
  readonly typ: TokenType
  readonly maxAgeSeconds: number
  readonly people: TokenPeople
  readonly claims: { readonly organization: string; readonly role: string } | undefined
}

/** The issuers of a checked definition, by their exact `iss`. */
export function compileIssuers(
  issuers: readonly IssuerInput[] | undefined,
): ReadonlyMap<string, Issuer> {
  return new Map(
    (issuers ?? []).map((input) => [
      input.issuer,
      {
        issuer: input.issuer,
        audience: input.audience,
        algorithms: input.algorithms,
        jwksUrl: input.jwksUrl,
        typ: input.typ ?? 'at+jwt',
        maxAgeSeconds: input.maxAgeSeconds ?? TOKEN_AGE_SECONDS,
        people: input.people ?? 'known',
        claims: input.claims,
      },
    ]),
  )
}

/** The name of an issuer as an actor and in events that concern all of its tokens. */
export function issuerName(issuer: string): string {
  return `issuer:${issuer}`
}
