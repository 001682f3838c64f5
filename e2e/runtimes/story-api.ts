// The API of the story on a real port. Pages of any origin may call it, as an API for browsers must let them.

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, idempotency-key',
  'access-control-allow-methods': 'GET, POST',
  'access-control-expose-headers': 'retry-after, x-request-id',
} as const

interface Request {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly bytes: number
}

interface Reply {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** An address where nothing listens. */
export async function findNobody(): Promise<string> {
  const server = createServer()
  const url = await listen(server)
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return url
}

/** Takes `apiKey` and no other. Paths that it does not know stay without an answer. */
export async function startStoryApi(apiKey: string): Promise<string> {
  const answer = answers(apiKey)
  const server = createServer((request, response) => {
    void reply(request, response, answer)
  })
  return listenForTest(server)
}

/** A page of another origin than the API, with one module in it. */
export async function startPage(module: string): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><title>Story</title><script type="module">${module}</script>`)
  })
  return listenForTest(server)
}

async function listenForTest(server: Server): Promise<string> {
  const url = await listen(server)
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return url
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: Request) => Reply | undefined,
): Promise<void> {
  const { length: bytes } = await buffer(request)
  const { method, url: path = '', headers } = request
  const found = method === 'OPTIONS' ? { status: 204 } : answer({ path, headers, bytes })
  if (found === undefined) return
  const { status = 200, body, headers: more } = found
  response.writeHead(status, {
    ...CORS,
    'x-request-id': 'req_1',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...more,
  })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

function answers(apiKey: string): (request: Request) => Reply | undefined {
  let busy = 0
  const refused = { code: 'unknown_key', detail: 'Nobody knows this key.', title: 'Unauthorized' }
  const byPath: Readonly<Record<string, (request: Request) => Reply>> = {
    '/v1/agents': () => ({ body: { data: [{ id: 'agt_1' }], next_cursor: 'c1' } }),
    '/v1/agents?cursor=c1': () => ({ body: { data: [{ id: 'agt_2' }], next_cursor: null } }),
    '/v1/agents/agt_1': () => ({ body: { id: 'agt_1' } }),
    '/v1/agents/busy': () => {
      busy += 1
      return busy === 1
        ? { status: 503, body: { code: 'busy' }, headers: { 'retry-after': '3' } }
        : { body: { id: 'free' } }
    },
    '/v1/agents/moved': () => ({
      status: 302,
      headers: { location: 'http://localhost:1/v1/agents' },
    }),
    '/v1/assets': ({ headers, bytes }) => ({
      status: 201,
      body: {
        bytes,
        type: headers['content-type'] ?? '',
        isNamed: headers['idempotency-key'] !== undefined,
      },
    }),
    '/v1/me': () => ({ body: {} }),
  }
  return (request) => {
    if (request.headers.authorization !== `Bearer ${apiKey}`) return { status: 401, body: refused }
    return byPath[request.path]?.(request)
  }
}
