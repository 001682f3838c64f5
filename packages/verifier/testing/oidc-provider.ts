// A real OpenID provider on loopback: oidc-provider with client credentials and resource indicators, which issues RS256
// access tokens of RFC 9068. What tokens it cannot be made to issue are signed with its own key by `sign`.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JWTHeaderParameters, JWTPayload } from 'jose'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { Provider } from 'oidc-provider'

const CLIENT_ID = 'build-agent'
const CLIENT_SECRET = 'a-client-of-the-local-provider'
const KEY_ID = 'provider-key-1'
const TOKEN_SECONDS = 600

/** A running provider. */
export interface LocalProvider {
  readonly issuer: string
  /** The subject of its tokens: those of client credentials are the client's own. */
  readonly subject: string
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[]
  /** An access token for an API, from the token endpoint. */
  token(audience: string): Promise<string>
  /** A token with its key and key id; `header` and `claims` as given. */
  sign(header: Partial<JWTHeaderParameters>, claims: JWTPayload): Promise<string>
  close(): Promise<void>
}

export interface LocalProviderOptions {
  /** Further claims of its access tokens. */
  readonly claims?: Readonly<Record<string, unknown>>
}

/** Starts a provider on a free port of loopback. */
export async function startOidcProvider(
  options: LocalProviderOptions = {},
): Promise<LocalProvider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(privateKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' }
  const asked: string[] = []
  let answer: (request: IncomingMessage, response: ServerResponse) => unknown = () => undefined
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    void answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['a-key-for-cookies-that-nobody-gets'] },
    ttl: { ClientCredentials: TOKEN_SECONDS },
    extraTokenClaims: () => options.claims,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, audience) => ({
          scope: 'api',
          audience,
          accessTokenTTL: TOKEN_SECONDS,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  })
  answer = provider.callback()
  return {
    issuer,
    subject: CLIENT_ID,
    asked,
    token: (audience) => fetchToken(issuer, audience),
    sign: (header, claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: KEY_ID, typ: 'at+jwt', ...header })
        .sign(privateKey),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function fetchToken(issuer: string, audience: string): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}`,
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: audience,
      scope: 'api',
    }),
  })
  const body = (await response.json()) as { access_token?: string }
  if (body.access_token === undefined) throw new Error(`no token: ${JSON.stringify(body)}`)
  return body.access_token
}
