// A product's API as a command line sees it: a real server on loopback that knows its credentials, makes and revokes
// tokens, and keeps provider keys. Answers can be spoilt to see what a person is told then.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateSecret } from '@keywright/token'
import { randomFillSync } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'

export interface Product {
  readonly url: string
  /** `GET /v1/me/scopes`, in order, with credentials taken off. */
  readonly asked: readonly string[]
  /** Bodies that were sent, by route. */
  readonly sent: ReadonlyMap<string, unknown>
  /** Answers every request from now on itself. */
  spoil(answer: (request: IncomingMessage, response: ServerResponse) => void): void
}

interface StoredToken {
  readonly id: string
  readonly name: string
  readonly start: string
  revoked_at: string | null
}

/** A secret of a kind, remembered for the canary scan. */
export function newSecret(prefix: string): string {
  const secret = generateSecret(prefix, (length) => randomFillSync(new Uint8Array(length)))
  rememberSecret(secret)
  return secret
}

export async function startProduct(
  credentials: readonly string[],
  prefix = 'al',
): Promise<Product> {
  const asked: string[] = []
  const sent = new Map<string, unknown>()
  const state: State = { credentials: new Set(credentials), tokens: [], providerKeys: [], prefix }
  let spoilt: ((request: IncomingMessage, response: ServerResponse) => void) | undefined
  const server = createServer((request, response) => {
    const route = `${request.method} ${request.url}`
    asked.push(route)
    if (spoilt !== undefined) {
      spoilt(request, response)
      return
    }
    void readBody(request).then((body) => {
      if (body !== undefined) sent.set(route, body)
      const [status, document] = answer(state, request, body)
      response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1' })
      response.end(document === undefined ? '' : JSON.stringify(document))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    asked,
    sent,
    spoil(wanted) {
      spoilt = wanted
    },
  }
}

interface State {
  readonly credentials: Set<string>
  readonly tokens: StoredToken[]
  readonly providerKeys: Record<string, unknown>[]
  readonly prefix: string
}

type Answer = readonly [status: number, document?: unknown]

const ORGANIZATIONS = [
  { id: '2f1c9a70-acme', slug: 'acme', name: 'Acme Research', role: 'owner' },
  { id: 'org_77aa0b1e', slug: 'blue', name: 'Blue Lab', role: 'viewer' },
]

function answer(state: State, request: IncomingMessage, body: unknown): Answer {
  const credential = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
  if (!state.credentials.has(credential)) {
    return [401, { code: 'invalid_key', title: 'The key is not valid', detail: 'No such key.' }]
  }
  const route = `${request.method} ${request.url}`
  if (route === 'GET /v1/me/scopes') {
    const person = { id: 'usr_1', name: 'Jane Doe', email: 'jane@acme.example' }
    return [200, { person, organizations: ORGANIZATIONS, key: { kind: 'user', expires_at: null } }]
  }
  if (route === 'GET /v1/tokens') return [200, { data: state.tokens, next_cursor: null }]
  if (route === 'POST /v1/tokens') return createToken(state, body as { name: string })
  const [, id] = /^DELETE \/v1\/tokens\/(.+)$/.exec(route) ?? []
  const token = state.tokens.find((each) => each.id === id)
  if (token !== undefined) {
    token.revoked_at = '2026-01-01T00:00:00Z'
    return [204]
  }
  return providerKeys(state, route, body as Record<string, unknown>)
}

function createToken({ tokens, credentials, prefix }: State, { name }: { name: string }): Answer {
  const token = newSecret(prefix)
  credentials.add(token)
  const id = `tok_${tokens.length % 2 === 0 ? 'a' : 'ab'}${tokens.length}`
  tokens.push({ id, name, start: token.slice(0, 7), revoked_at: null })
  return [201, { id, name, token }]
}

function providerKeys(state: State, route: string, body: Record<string, unknown>): Answer {
  if (route === 'GET /v1/provider-keys') return [200, { data: state.providerKeys }]
  if (route === 'POST /v1/provider-keys') {
    const { key: _, ...stored } = body
    const made = { id: `pk_${state.providerKeys.length + 1}`, ...stored }
    state.providerKeys.push(made)
    return [201, made]
  }
  const [, id] = /^DELETE \/v1\/provider-keys\/(.+)$/.exec(route) ?? []
  const at = state.providerKeys.findIndex((each) => each['id'] === id)
  if (at >= 0) {
    state.providerKeys.splice(at, 1)
    return [204]
  }
  if (/^PUT \/v1\/projects\/[^/]+\/[^/]+\/provider-key$/.test(route)) return [204]
  return [404, { code: 'not_found', title: 'No such thing', detail: 'There is nothing here.' }]
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? undefined : JSON.parse(text)
}
