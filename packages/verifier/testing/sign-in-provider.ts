// A real OpenID provider on loopback with one person, who is signed in there and consents to everything: oidc-provider
// with the authorization code flow. A browser is played by following its redirects with its cookies.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'

const CLIENT_ID = 'the-lab'
const CLIENT_SECRET = 'a-secret-between-the-lab-and-its-provider'
const REDIRECTS_MAX = 10

/** Who signs in there; a test may change it between two sign-ins. */
export interface ProviderPerson {
  sub: string
  name?: string
  email?: string
  email_verified?: boolean
}

export interface SignInProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly person: ProviderPerson
  /** What a browser does with a location at the provider. @returns the URL it comes back to */
  visit(location: string): Promise<string>
  close(): Promise<void>
}

/** Starts a provider on a free port of loopback, with one client. */
export async function startSignInProvider(
  redirectUri: string,
  person: ProviderPerson,
): Promise<SignInProvider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(privateKey)), kid: 'key-1', alg: 'RS256', use: 'sig' }
  let answer: (request: IncomingMessage, response: ServerResponse) => unknown = () => undefined
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [redirectUri] }],
    jwks: { keys: [jwk] },
    cookies: { keys: ['a-key-for-cookies-that-nobody-gets'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ ...person, sub }),
    }),
  })
  const callback = provider.callback()
  answer = (request, response) =>
    request.url?.startsWith('/interaction/')
      ? agree(provider, person, { request, response })
      : callback(request, response)
  return {
    issuer,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    person,
    visit: (location) => follow(location, redirectUri),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function agree(
  provider: Provider,
  { sub }: ProviderPerson,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const { prompt, params } = await provider.interactionDetails(request, response)
  if (prompt.name === 'login') {
    await provider.interactionFinished(request, response, { login: { accountId: sub } })
    return
  }
  const grant = new provider.Grant({ accountId: sub, clientId: CLIENT_ID })
  grant.addOIDCScope(String(params['scope']))
  const consent = { grantId: await grant.save() }
  const merged = { mergeWithLastSubmission: true }
  await provider.interactionFinished(request, response, { consent }, merged)
}

async function follow(start: string, end: string): Promise<string> {
  const jar = new Map<string, string>()
  let location = start
  for (let redirects = 0; redirects < REDIRECTS_MAX; redirects += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(location, { headers: { cookie }, redirect: 'manual' })
    for (const header of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (header.split(';')[0] ?? '').split('=')
      jar.set(name, value)
    }
    const next = response.headers.get('location')
    if (next === null) throw new Error(`no redirect from ${location}: ${await response.text()}`)
    location = new URL(next, location).href
    if (location.startsWith(end)) return location
  }
  throw new Error('the provider redirects without end')
}
