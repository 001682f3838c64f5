import type { IssuerInput } from 'keywright'

/** Auth0 lets access tokens of an API live for a day. */
const TOKEN_AGE_SECONDS = 86_400

/**
 * The issuer that the environment names: METHODIC_ISSUER (the exact `iss`), METHODIC_AUDIENCE (this API) and
 * METHODIC_TOKEN_TYPE, the `typ` of its access tokens: `JWT`, as Auth0 writes unless told otherwise, or `at+jwt`.
 * Whoever it signs in becomes a person here, with no role but in their own space.
 * @returns it as a list, or undefined where the environment names none
 * @throws Error for an issuer without an audience, which would let in tokens for other APIs, or with another type
 */
export function outsideIssuer(
  environment: Readonly<Record<string, string | undefined>>,
): readonly IssuerInput[] | undefined {
  const issuer = environment['METHODIC_ISSUER']
  if (issuer === undefined || issuer === '') return undefined
  const audience = environment['METHODIC_AUDIENCE']
  if (audience === undefined || audience === '') {
    throw new Error('METHODIC_ISSUER needs METHODIC_AUDIENCE: what its tokens call this API.')
  }
  const typ = environment['METHODIC_TOKEN_TYPE'] || 'JWT'
  if (typ !== 'JWT' && typ !== 'at+jwt') {
    throw new Error(`METHODIC_TOKEN_TYPE is JWT (the default) or at+jwt, and not '${typ}'.`)
  }
  const terms = { audience, algorithms: ['RS256'], typ, maxAgeSeconds: TOKEN_AGE_SECONDS } as const
  return [{ issuer, ...terms, people: 'join' }]
}
