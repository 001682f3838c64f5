// Whether claims are those of an access token for a bearer. ID, refresh and logout tokens come from the same issuer
// under the same keys, some with the same audience; what only they have tells them apart (RFC 9068 section 5, RFC 8725
// section 3.12). A token that is bound to a key of its holder is refused: that binding is not proved here (RFC 9449, 8705).

/** Claims that access tokens never have: of ID tokens, of logout and security event tokens. */
const FOREIGN_CLAIMS = ['at_hash', 'c_hash', 's_hash', 'nonce', 'events', 'sub_id', 'toe']

/** Whether the header's type, as `readToken` gives it, is one the issuer's access tokens may have. */
export function isAccessType(type: string, expected: 'at+jwt' | 'JWT'): boolean {
  return type === 'at+jwt' || (expected === 'JWT' && (type === 'jwt' || type === ''))
}

/** @returns why the claims are not those of a bearer's access token; undefined when they are */
export function whyNoAccessToken(claims: Readonly<Record<string, unknown>>): string | undefined {
  if (Object.hasOwn(claims, 'cnf')) return 'It is bound to a key of its holder.'
  const foreign = FOREIGN_CLAIMS.find((name) => Object.hasOwn(claims, name))
  const uses = [
    // Keycloak says in the payload what a token is for, Cognito in another claim.
    ['typ', ['bearer', 'at+jwt', 'jwt']],
    ['token_use', ['access']],
  ] as const
  const isOtherUse = uses.some(
    ([name, right]) =>
      Object.hasOwn(claims, name) &&
      !right.some((use) => use === String(claims[name]).toLowerCase()),
  )
  return foreign !== undefined || isOtherUse ? 'It is no access token.' : undefined
}
