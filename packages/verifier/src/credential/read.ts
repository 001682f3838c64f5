// Which credential a request carries. One place, one value: a request that names two credentials, repeats a header or
// puts a secret into its URL is refused and never guessed at (RFC 6750 section 2, RFC 9700 section 4.3.2).

import type { CredentialHeader, Refused } from '@keywright/core'
import { refuse } from '@keywright/core'
import { redactSecrets } from '@keywright/token'

/** What is read of a request, whatever the framework. */
export interface RequestView {
  /** Every value of a header, one item a header line. */
  header(name: string): readonly string[]
  /** Path and query as sent. */
  readonly url: string
}

/** Longest credential looked at; JWTs of outside issuers fit. */
const CREDENTIAL_LENGTH_MAX = 8192
const SECRET_IN_URL_LENGTH_MIN = 38
const CREDENTIAL_PARAMETERS = /[?&](?:access_token|api_?key)=/i

/** @param names the headers that may carry a credential, from the definition */
export function readCredential(
  names: readonly CredentialHeader[],
  request: RequestView,
): { readonly credential: string } | Refused {
  if (hasCredentialInUrl(request.url)) {
    const detail =
      'A credential never belongs in a URL, where logs keep it. Send it in a header, and rotate this one.'
    return refuse('credential_in_url', detail)
  }
  let found: string | undefined
  let isOtherScheme = false
  for (const name of names) {
    const values = request.header(name)
    if (values.length === 0) continue
    if (values.length > 1) {
      return refuse(
        'conflicting_credentials',
        `The header ${name} is there more than once. Send it once.`,
      )
    }
    const read =
      name === 'authorization' ? bearerOf(values[0] as string) : plainOf(name, values[0] as string)
    if (read === undefined) {
      isOtherScheme = true
      continue
    }
    if (typeof read !== 'string') return read
    if (found !== undefined && found !== read) {
      const detail = `The headers ${names.join(' and ')} name different credentials. Send one.`
      return refuse('conflicting_credentials', detail)
    }
    found = read
  }
  return found === undefined ? missing(names, isOtherScheme) : { credential: found }
}

/** The token of `Authorization: Bearer`; undefined for another scheme, which is no credential of ours (RFC 9110 section 11.6.2). */
function bearerOf(value: string): string | Refused | undefined {
  const space = value.indexOf(' ')
  const scheme = space === -1 ? value : value.slice(0, space)
  if (scheme.toLowerCase() !== 'bearer') return space === -1 ? withoutScheme() : undefined
  return plainOf('authorization', space === -1 ? '' : value.slice(space + 1).trimStart())
}

// A key alone is no scheme with parameters; saying that no credential was sent would send its owner astray.
function withoutScheme(): Refused {
  const detail = "The header authorization needs a scheme. Send 'Authorization: Bearer <key>'."
  return refuse('malformed_credential', detail)
}

function plainOf(name: string, value: string): string | Refused {
  if (value.length > 0 && value.length <= CREDENTIAL_LENGTH_MAX && isToken68(value)) return value
  const detail = `The header ${name} does not hold one well-formed credential. Send 'Authorization: Bearer <key>'.`
  return refuse('malformed_credential', detail)
}

// b64token of RFC 6750 section 2.1: letters, digits, - . _ ~ + / and trailing =.
function isToken68(text: string): boolean {
  return /^[A-Za-z0-9\-._~+/]+=*$/.test(text)
}

function hasCredentialInUrl(url: string): boolean {
  if (CREDENTIAL_PARAMETERS.test(url)) return true
  return url.length >= SECRET_IN_URL_LENGTH_MIN && redactSecrets(url) !== url
}

// What was sent is not repeated: a secret may stand where the scheme should.
function missing(names: readonly CredentialHeader[], isOtherScheme: boolean): Refused {
  const ways = names.map((name) =>
    name === 'authorization' ? 'Authorization: Bearer <key>' : `${name}: <key>`,
  )
  const found = isOtherScheme
    ? 'The header authorization has a scheme that is not read here'
    : 'No credential was sent'
  return refuse('missing_credential', `${found}. Send '${ways.join("' or '")}'.`)
}
