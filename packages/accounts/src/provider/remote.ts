// A provider as we talk to it: oauth4webapi for the protocol, the guarded way out for each request.

import * as oauth from 'oauth4webapi'
import type { AccountsDeps } from '../deps.ts'
import type { ProviderOptions } from './options.ts'
import { isLocal } from './options.ts'

/** What a provider says of itself is asked for again after so long. */
const DISCOVERY_LIFE_MS = 3_600_000

/** What a provider says about somebody. */
export interface Claims {
  readonly iss: string
  readonly sub: string
  readonly name?: unknown
  readonly preferred_username?: unknown
  readonly email?: unknown
  readonly email_verified?: unknown
}

/** One attempt to sign in there, between leaving and coming back. */
export interface Flow {
  readonly provider: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly returnTo?: string | undefined
}

/** The provider cannot be reached, or answered what cannot be trusted. Carries nothing of what it said. */
export class ProviderFailed extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause })
    this.name = 'ProviderFailed'
  }
}

type RemoteDeps = Pick<AccountsDeps, 'requestJson' | 'clock' | 'baseUrl'>

export class Remote {
  readonly options: ProviderOptions
  readonly #deps: RemoteDeps
  readonly #redirectUri: string
  #known: { readonly server: oauth.AuthorizationServer; readonly until: number } | undefined

  constructor(options: ProviderOptions, deps: RemoteDeps, callbackPath: string) {
    this.options = options
    this.#deps = deps
    this.#redirectUri = new URL(`${callbackPath}/${options.id}`, deps.baseUrl).href
  }

  /** Where to send the browser. PKCE (RFC 7636), state and nonce bind what comes back to this flow. */
  async location(flow: Flow): Promise<string> {
    const server = await this.#server()
    if (server.authorization_endpoint === undefined) {
      throw new ProviderFailed('The provider names no authorization endpoint.')
    }
    const url = new URL(server.authorization_endpoint)
    const { clientId, scopes = ['openid', 'email', 'profile'] } = this.options
    const query = {
      client_id: clientId,
      redirect_uri: this.#redirectUri,
      response_type: 'code',
      scope: scopes.join(' '),
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: 'S256',
    }
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url.href
  }

  /** Who came back. @throws ProviderFailed */
  async claims(flow: Flow, callback: URL): Promise<Claims> {
    try {
      return await this.#exchange(flow, callback)
    } catch (error) {
      if (error instanceof ProviderFailed) throw error
      throw new ProviderFailed('The answer of the provider cannot be trusted.', error)
    }
  }

  async #exchange(flow: Flow, callback: URL): Promise<Claims> {
    const server = await this.#server()
    const client = { client_id: this.options.clientId }
    const parameters = oauth.validateAuthResponse(server, client, callback, flow.state)
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      this.#clientAuth(server),
      parameters,
      this.#redirectUri,
      flow.verifier,
      this.#http(),
    )
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: flow.nonce,
      requireIdToken: true,
    })
    // OpenID Connect leaves the signature out where TLS proves the sender; ASVS 6.8.2 does not.
    await oauth.validateApplicationLevelSignature(server, response, this.#http())
    const claims = oauth.getValidatedIdTokenClaims(tokens)
    if (claims === undefined) throw new ProviderFailed('The provider sent no ID token.')
    if (claims['email'] !== undefined || server.userinfo_endpoint === undefined) return claims
    const answer = await oauth.userInfoRequest(server, client, tokens.access_token, this.#http())
    const info = await oauth.processUserInfoResponse(server, client, claims.sub, answer)
    return { ...info, iss: claims.iss, sub: claims.sub }
  }

  #clientAuth(server: oauth.AuthorizationServer): oauth.ClientAuth {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const { clientSecret } = this.options
    return methods.includes('client_secret_basic')
      ? oauth.ClientSecretBasic(clientSecret)
      : oauth.ClientSecretPost(clientSecret)
  }

  async #server(): Promise<oauth.AuthorizationServer> {
    const now = this.#deps.clock.now()
    if (this.#known !== undefined && now < this.#known.until) return this.#known.server
    try {
      const issuer = new URL(this.options.issuer)
      const response = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...this.#http() })
      const server = await oauth.processDiscoveryResponse(issuer, response)
      this.#known = { server, until: now + DISCOVERY_LIFE_MS }
      return server
    } catch (error) {
      throw new ProviderFailed('The provider does not say who it is.', error)
    }
  }

  #http() {
    const mayBeLoopback = isLocal(this.options)
    const request = async (
      url: string,
      init: { readonly body?: unknown; readonly headers?: HeadersInit },
    ): Promise<Response> => {
      const headers = Object.fromEntries(new Headers(init.headers))
      const body = init.body instanceof URLSearchParams ? init.body.toString() : undefined
      const posted = body === undefined ? {} : { body }
      const answer = await this.#deps.requestJson(url, { mayBeLoopback, headers, ...posted })
      if (!answer.ok) throw new ProviderFailed(`The provider does not answer: ${answer.failure}.`)
      return Response.json(answer.json)
    }
    return { [oauth.customFetch]: request, [oauth.allowInsecureRequests]: mayBeLoopback }
  }
}
