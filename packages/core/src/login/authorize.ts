// The authorization request of a program (RFC 6749 section 4.1.1), looked at before anybody is asked. It is kept
// nowhere: the page that asks sends it back with the answer, and it is looked at again.

import type { Definition } from '../definition/definition.ts'
import { findClient } from './client.ts'
import { isCodeChallenge } from './code-challenge.ts'
import { cleanDeviceName } from './device-name.ts'
import type { LoginClient } from './login.ts'
import { isRedirectUri } from './redirect.ts'
import type { OAuthRefused } from './refusal.ts'
import { oauthRefused } from './refusal.ts'
import { readScopes, scopesOfLogin } from './scopes.ts'

/** The parameters as they came; what was left out is undefined. */
export interface AuthorizationParameters {
  readonly clientId?: string | undefined
  readonly redirectUri?: string | undefined
  readonly responseType?: string | undefined
  readonly codeChallenge?: string | undefined
  readonly codeChallengeMethod?: string | undefined
  readonly scope?: string | undefined
  /** RFC 8707; there is one resource, so naming one is refused. */
  readonly resource?: string | undefined
  /** `user@host`, for the key's name. */
  readonly deviceName?: string | undefined
}

/** A request that may be shown to a person. */
export interface AuthorizationRequest {
  readonly client: LoginClient
  readonly redirectUri: string
  readonly codeChallenge: string
  readonly deviceName: string | null
  /** What was asked for; null for all that the kind has. */
  readonly scopes: readonly string[] | null
  /** The declared scopes that it comes to, for showing. */
  readonly shownScopes: readonly string[]
}

/** `redirectUri` is where the program may be told of the refusal; null where nobody may be sent (section 4.1.2.1). */
export type AuthorizationRefused = OAuthRefused & { readonly redirectUri: string | null }

export function checkAuthorization(
  definition: Definition,
  parameters: AuthorizationParameters,
): { readonly ok: true; readonly request: AuthorizationRequest } | AuthorizationRefused {
  const { redirectUri, codeChallenge } = parameters
  const found = findClient(definition, parameters.clientId)
  if (!found.ok) return { ...found, redirectUri: null }
  if (redirectUri === undefined || !isRedirectUri(redirectUri)) {
    const description =
      'redirect_uri is not http://127.0.0.1:{port}/callback or http://[::1]:{port}/callback.'
    return { ...oauthRefused('invalid_request', description), redirectUri: null }
  }
  const unfit = checkMeans(parameters)
  if (unfit !== undefined) return { ...unfit, redirectUri }
  const read = readScopes(definition, found.login, parameters.scope)
  if (!read.ok) return { ...read, redirectUri }
  const { scopes } = read
  const request = {
    client: found.client,
    redirectUri,
    codeChallenge: codeChallenge as string,
    deviceName: cleanDeviceName(parameters.deviceName),
    scopes,
    shownScopes: scopesOfLogin(definition, found.login, scopes),
  }
  return { ok: true, request }
}

function checkMeans(parameters: AuthorizationParameters): OAuthRefused | undefined {
  const { responseType, codeChallenge, codeChallengeMethod, resource } = parameters
  if (responseType !== 'code') {
    return oauthRefused('unsupported_response_type', 'response_type has to be code.')
  }
  // RFC 7636 section 4.4.1. Without a method the standard means plain, which is not accepted.
  if (codeChallengeMethod !== 'S256' || !isCodeChallenge(codeChallenge ?? '')) {
    const description = 'PKCE is required: send code_challenge with code_challenge_method=S256.'
    return oauthRefused('invalid_request', description)
  }
  return resource === undefined ? undefined : refuseTarget()
}

/** RFC 8707 section 2: a target that is not known must not look as if it were served. */
export function refuseTarget(): OAuthRefused {
  const description = 'A login is for this API alone. Leave resource out.'
  return oauthRefused('invalid_target', description)
}
