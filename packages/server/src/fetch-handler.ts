// The routes for whatever speaks `fetch`: a Request in, a Response out, no port.

import { createServer } from './create-server.ts'
import type { RoutesOptions } from './options.ts'
import { BODY_BYTES_MAX } from './request/body.ts'

export interface FetchOptions extends RoutesOptions {
  /** The address a request came from. Without it guesses are not slowed down by network: a Request does not say. */
  readonly addressOf?: (request: Request) => string | undefined
}

/** @returns the handler; it never rejects for what a client sent */
export function fetchHandler(options: FetchOptions): (request: Request) => Promise<Response> {
  const app = createServer(options)
  return async (request) => {
    const { pathname, search } = new URL(request.url)
    const address = options.addressOf?.(request)
    const payload = await readAtMost(request, BODY_BYTES_MAX + 1)
    const answer = await app.inject({
      // `inject` knows the usual methods as types and passes on any.
      method: request.method as 'GET',
      url: pathname + search,
      headers: Object.fromEntries(request.headers),
      ...(payload === undefined ? {} : { payload }),
      ...(address === undefined ? {} : { remoteAddress: address }),
    })
    const headers = new Headers()
    for (const [name, value] of Object.entries(answer.headers)) {
      if (HOP_BY_HOP.has(name) || value === undefined) continue
      for (const one of [value].flat()) headers.append(name, String(one))
    }
    const body = request.method === 'HEAD' ? null : new Uint8Array(answer.rawPayload)
    return new Response(body, { status: answer.statusCode, headers })
  }
}

const HOP_BY_HOP: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding'])

/** Reads no more than it takes to see that a body is too large. */
async function readAtMost(request: Request, bytesMax: number): Promise<Buffer | undefined> {
  if (request.body === null) return undefined
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= bytesMax) break
  }
  return Buffer.concat(chunks)
}
