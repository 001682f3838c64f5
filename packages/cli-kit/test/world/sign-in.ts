// A real authorization server on loopback (oidc-provider: code with PKCE for public native clients, and device codes), the
// API beside it, and a browser that has cookies, follows redirects and sends forms.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'

const CLIENT_ID = 'autolab-cli'
const METADATA = '/.well-known/oauth-authorization-server'

export interface SignIn {
  readonly url: string
  /** Paths that were asked for. */
  readonly asked: readonly string[]
  /** Changes what the metadata says. */
  tell(change: Readonly<Record<string, unknown>>): void
  /** Answers the next requests to a path with these statuses. */
  fail(path: string, ...statuses: readonly number[]): void
}

export async function startSignIn(): Promise<SignIn> {
  const asked: string[] = []
  const told: Record<string, unknown> = {}
  const failing = new Map<string, number[]>()
  let answer: (request: IncomingMessage, response: ServerResponse) => unknown = () => undefined
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname
    asked.push(path)
    const status = failing.get(path)?.shift()
    if (status === undefined) void answer(request, response)
    else response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = openProvider(url)
  const callback = provider.callback()
  answer = async (request, response) => {
    const path = request.url ?? ''
    if (path.startsWith('/interaction/')) return interact(provider, request, response)
    if (path === '/v1/me/scopes') return me(provider, request, response)
    if (path !== METADATA) return callback(request, response)
    const found = await fetch(`${url}/.well-known/openid-configuration`)
    send(response, 200, { ...((await found.json()) as object), ...told })
    return undefined
  }
  return {
    url,
    asked,
    tell: (change) => Object.assign(told, change),
    fail: (path, ...statuses) => void failing.set(path, [...statuses]),
  }
}

/** Goes where a person's browser would, signs in and agrees; `code` is typed where a page asks for it. */
export async function browse(start: string, code?: string): Promise<void> {
  const cookies = new Map<string, string>()
  let next: Step | undefined = { url: start, form: undefined }
  for (let steps = 0; next !== undefined && steps < STEPS_MAX; steps += 1) {
    next = await step(next, cookies, code)
  }
}

/** As `browse`, on a machine where the redirect to loopback leads nowhere: the address that the browser shows then. */
export async function browseElsewhere(start: string): Promise<string> {
  const cookies = new Map<string, string>()
  let next: Step | undefined = { url: start, form: undefined }
  for (let steps = 0; next !== undefined && steps < STEPS_MAX; steps += 1) {
    if (new URL(next.url).pathname === '/callback') return next.url
    next = await step(next, cookies, undefined)
  }
  throw new Error('the browser was not sent back')
}

interface Step {
  readonly url: string
  readonly form: URLSearchParams | undefined
}

const STEPS_MAX = 20

async function step(
  { url, form }: Step,
  cookies: Map<string, string>,
  code: string | undefined,
): Promise<Step | undefined> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
    ...(form !== undefined && { method: 'POST', body: form }),
  })
  for (const cookie of response.headers.getSetCookie()) {
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
    cookies.set(name, value)
  }
  const location = response.headers.get('location')
  if (location === null) return formOf(await response.text(), url, code)
  return { url: new URL(location, url).href, form: undefined }
}

/** The one form of a page, filled in; undefined when there is none left to send. */
function formOf(html: string, url: string, code: string | undefined): Step | undefined {
  const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1]
  if (action === undefined) return undefined
  const form = new URLSearchParams()
  for (const [, input = ''] of html.matchAll(/<input([^>]*)>/g)) {
    const name = /name="([^"]+)"/.exec(input)?.[1]
    if (name !== undefined) form.set(name, /value="([^"]*)"/.exec(input)?.[1] ?? '')
  }
  if (form.get('user_code') === '') form.set('user_code', code ?? '')
  return { url: new URL(action, url).href, form }
}

function openProvider(issuer: string): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/callback'],
      },
    ],
    scopes: ['api'],
    cookies: { keys: ['a-key-for-cookies-that-nobody-gets'] },
    ttl: {
      Interaction: 600,
      Session: 600,
      Grant: 600,
      DeviceCode: 600,
      AccessToken: 600,
      AuthorizationCode: 60,
    },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      deviceFlow: { enabled: true },
      revocation: { enabled: true },
    },
  })
}

async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, session } = await provider.interactionDetails(request, response)
  if (prompt.name === 'login') {
    await provider.interactionFinished(request, response, { login: { accountId: 'jane' } })
    return
  }
  const grant = new provider.Grant({ accountId: session?.accountId ?? 'jane', clientId: CLIENT_ID })
  grant.addOIDCScope('api')
  const consent = { grantId: await grant.save() }
  await provider.interactionFinished(request, response, { consent })
}

async function me(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
  const found = await provider.AccessToken.find(token)
  if (found === undefined)
    return send(response, 401, { code: 'invalid_key', detail: 'No such key.' })
  rememberSecret(token)
  send(response, 200, { person: { id: 'usr_1', name: 'Jane Doe', email: null }, organizations: [] })
}

function send(response: ServerResponse, status: number, document: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(document))
}
