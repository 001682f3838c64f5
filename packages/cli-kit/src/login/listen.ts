/**
 * The loopback end of a browser login (RFC 8252, section 7.3): a listener on 127.0.0.1 and a free port that takes one
 * answer and is gone, on every path.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const PATH = '/callback'

export interface Listener {
  /** Where the server is to send the browser. */
  readonly redirectUri: string
  /** The query of the one request that carried our state. */
  readonly answer: Promise<URLSearchParams>
  close(): Promise<void>
}

/**
 * Listens for the answer to the login with this state. A request with another state, path or method is refused and
 * changes nothing: any page in the browser can send one.
 */
export async function listenOnLoopback(state: string): Promise<Listener> {
  const { promise, resolve } = Promise.withResolvers<URLSearchParams>()
  let isTaken = false
  const server = createServer((request, response) => {
    const answer = answerOf(request, state)
    if (answer === undefined || isTaken) {
      page(response, 400, 'This is not the answer that was waited for. Nothing has changed.')
      return
    }
    isTaken = true
    page(response, 200, 'Done. You can close this window and go back to the terminal.')
    resolve(answer)
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen({ host: '127.0.0.1', port: 0 }, listening)
  })
  const { port } = server.address() as AddressInfo
  return {
    redirectUri: `http://127.0.0.1:${port}${PATH}`,
    answer: promise,
    close: () => close(server),
  }
}

function answerOf(request: IncomingMessage, state: string): URLSearchParams | undefined {
  if (request.method !== 'GET') return undefined
  const url = URL.parse(request.url ?? '', 'http://127.0.0.1')
  if (url === null || url.pathname !== PATH) return undefined
  return url.searchParams.get('state') === state ? url.searchParams : undefined
}

function page(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  })
  response.end(`<!doctype html><meta charset="utf-8"><title>Login</title><p>${text}</p>\n`)
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  // The page that was just answered is let out; a connection that says nothing is not waited for.
  setTimeout(() => server.closeAllConnections(), 200).unref()
  await closed
}
