/** A receiver of webhooks for tests: keeps what it is sent, and lets a test wait for it. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface Receiver {
  readonly url: string
  /** Everything so far, in order. */
  readonly received: readonly Received[]
  /** The next one, whether it has come already or not. */
  next(): Promise<Received>
  close(): Promise<void>
}

/** @param answer the status of its answers, and headers with it */
export async function startReceiver(
  answer: { status: number; headers?: Record<string, string> } = { status: 204 },
): Promise<Receiver> {
  const received: Received[] = []
  let seen = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      received.push({ path: request.url ?? '', headers: request.headers, text })
      response.writeHead(answer.status, answer.headers).end()
      server.emit('received')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    next: async () => {
      while (received.length <= seen) await once(server, 'received')
      seen += 1
      return received[seen - 1] as Received
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
