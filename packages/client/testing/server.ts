// A real server on this machine that answers as a test says, and remembers what it was asked.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

type Handler = (asked: Asked, response: ServerResponse) => void

export interface TestServer {
  readonly url: string
  readonly asked: readonly Asked[]
}

/** Listens until the test ends. */
export async function serve(handler: Handler): Promise<TestServer> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const one = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') }
      asked.push(one)
      handler(one, response)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

/** Answers one after the other; the last one stays. */
export function inTurn(...handlers: readonly Handler[]): Handler {
  let turn = 0
  return (asked, response) => {
    const handler = handlers[Math.min(turn, handlers.length - 1)]
    turn += 1
    handler?.(asked, response)
  }
}

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Handler {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }
}

/** A problem as a Keywright server sends it. */
export function problem(
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): Handler {
  const body = {
    type: `urn:keywright:problem:${code}`,
    title: code,
    status,
    detail: `${code}.`,
    code,
  }
  return json(status, body, {
    'content-type': 'application/problem+json',
    'x-request-id': 'req_1',
    ...headers,
  })
}
