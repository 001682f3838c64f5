// Servers that mean harm, or are broken in a way that would do it.

import type { ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createGzip } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { APIError, TimeoutError } from '../../src/index.ts'
import { chronicleOf, KEY } from '../../testing/client.ts'
import { json, serve } from '../../testing/server.ts'

rememberSecret(KEY)

const JSON_TYPE = { 'content-type': 'application/json' }
const CHUNK = Buffer.alloc(1_048_576, 'a')
/** Far more than any program could keep. */
const CHUNKS = 2048

async function failure(call: PromiseLike<unknown>): Promise<Error> {
  const error: unknown = await Promise.resolve(call).catch((reason: unknown) => reason)
  if (error instanceof Error) return error
  throw new Error('expected a failure')
}

/** Writes until the reader goes away; gives how much that was. */
function pour(out: NodeJS.WritableStream, sent: { chunks: number }): void {
  const next = (): void => {
    while (sent.chunks < CHUNKS) {
      sent.chunks += 1
      if (!out.write(CHUNK)) return void out.once('drain', next)
    }
    out.end('"')
  }
  out.write('"')
  next()
}

test.each([200, 400])(
  'an answer (%i) of two gigabytes is left after 64 MiB, and not asked for again',
  async (status) => {
    const sent = { chunks: 0 }
    const server = await serve((_, response) => {
      response.writeHead(status, JSON_TYPE)
      pour(response, sent)
    })
    const error = await failure(chronicleOf(server).call('GET /a'))
    expect(error).toMatchObject({ code: 'not_the_api', status })
    expect(sent.chunks).toBeLessThan(CHUNKS / 2)
    expect(server.asked).toHaveLength(1)
  },
)

test('a small answer that unpacks to two gigabytes is left too', async () => {
  const sent = { chunks: 0 }
  const server = await serve((_, response: ServerResponse) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' })
    const packed = createGzip({ level: 1 })
    packed.pipe(response)
    response.once('close', () => packed.destroy())
    packed.on('error', () => undefined)
    pour(packed, sent)
  })
  const error = await failure(chronicleOf(server).call('GET /a'))
  expect(error).toMatchObject({ code: 'not_the_api' })
})

test('headers that never end are a timeout', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.write('HTTP/1.1 200 OK\r\n')
    const drip = (): void => {
      if (!socket.destroyed) socket.write('x-a: b\r\n', () => setImmediate(drip))
    }
    drip()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const call = chronicleOf({ url }, { timeout: 0.2, maxRetries: 0 }).call('GET /a')
  const error = await failure(call)
  // Runtimes have a limit of their own for headers, which may come first.
  expect(error instanceof TimeoutError || error.message.includes('no whole answer')).toBe(true)
})

test.each([
  'file:///etc/passwd',
  'data:application/json,{}',
  'ftp://127.0.0.1/',
  '//other.example/',
])('a redirect to %s is not followed', async (location) => {
  const server = await serve((_, response) => void response.writeHead(302, { location }).end())
  const error = await failure(chronicleOf(server).call('GET /a'))
  expect(error).toMatchObject({ code: 'redirected' })
  expect(server.asked).toHaveLength(1)
})

test.each(['text/html; x=application/json', 'text/json-ish', 'application/jsonp', 'x/y; /json'])(
  'JSON that says it is %s is not from the API',
  async (type) => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': type })
      response.end('{"id":"exp_1"}')
    })
    expect(await failure(chronicleOf(server).call('GET /a'))).toMatchObject({ code: 'not_the_api' })
  },
)

test('a message of megabytes is cut, and names of objects are only names', async () => {
  const long = 'x'.repeat(3_000_000)
  const detail = await serve(json(400, { detail: long, code: long, hint: long }))
  const error = await failure(chronicleOf(detail).call('GET /a'))
  expect(error.message.length).toBeLessThan(10_000)
  const named = await serve((_, response) => {
    response.writeHead(400, JSON_TYPE)
    response.end('{"__proto__": {"code": "owned"}, "constructor": {"name": "x"}}')
  })
  const plain = await failure(chronicleOf(named).call('GET /a'))
  expect(plain).toBeInstanceOf(APIError)
  expect(plain).toMatchObject({ code: 'http_400' })
  expect(({} as Record<string, unknown>)['code']).toBeUndefined()
})
