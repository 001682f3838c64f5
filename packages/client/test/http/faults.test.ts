import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { APIError, clientFor, ConnectionError, defineBrand, TimeoutError } from '../../src/index.ts'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { chronicleOf, KEY } from '../../testing/client.ts'
import { inTurn, json, problem, serve } from '../../testing/server.ts'
import { surroundingsOf } from '../../testing/surroundings.ts'

rememberSecret(KEY)

const NOW = Date.UTC(2026, 10, 21, 10, 0, 0)

async function failure(call: PromiseLike<unknown>): Promise<Error> {
  const error: unknown = await Promise.resolve(call).catch((reason: unknown) => reason)
  if (error instanceof Error) return error
  throw new Error('expected a failure')
}

/** A port on which nothing listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}

test('a server that is down is a connection error after three attempts, with full jitter between', async () => {
  const client = chronicleOf({ url: `http://127.0.0.1:${await closedPort()}` })
  const error = await failure(client.experiments.get('exp_1'))
  expect(error).toBeInstanceOf(ConnectionError)
  expect(error).not.toBeInstanceOf(TimeoutError)
  expect(error.message).toContain('nothing listens there')
  expect(client.waits).toEqual([250, 500])
})

test('a server that is too slow is a timeout', async () => {
  const server = await serve(() => undefined)
  const client = chronicleOf(server, { timeout: 0.05, maxRetries: 1 })
  const error = await failure(client.experiments.get('exp_1'))
  expect(error).toBeInstanceOf(TimeoutError)
  expect(error).toMatchObject({ code: 'timeout', name: 'TimeoutError' })
  expect(server.asked).toHaveLength(2)
})

test.each([0.0505, 1e-9, 1e12])(
  'a timeout of %d seconds is one that timers take',
  async (timeout) => {
    const server = await serve(json(200, { id: 'exp_1' }))
    const call = chronicleOf(server, { timeout, maxRetries: 0 }).experiments.get('exp_1')
    const error: unknown = await call.then(() => undefined).catch((reason: unknown) => reason)
    expect(error === undefined || error instanceof TimeoutError).toBe(true)
  },
)

test('a caller who stops gets their own reason, and no further attempt is made', async () => {
  const stop = new AbortController()
  const server = await serve(() => stop.abort(new Error('enough')))
  const error = await failure(chronicleOf(server).call('GET /a', { signal: stop.signal }))
  expect(error.message).toBe('enough')
  expect(server.asked).toHaveLength(1)
})

test.each([
  [429, '3', 3_000],
  [429, 'Sat, 21 Nov 2026 10:00:07 GMT', 7_000],
  [408, '', 250],
  [500, '', 250],
  [503, '1', 1_000],
])('%i with Retry-After %j is tried again after %i ms', async (status, header, wait) => {
  const headers = header === '' ? {} : { 'retry-after': header }
  const server = await serve(inTurn(problem(status, 'a', headers), json(200, { id: 'exp_1' })))
  const client = chronicleOf(server, { now: NOW })
  expect((await client.experiments.get('exp_1')).id).toBe('exp_1')
  expect(client.waits).toEqual([wait])
})

test.each([
  [429, 'quota_exhausted', { 'retry-after': '1' }],
  [429, 'rate_limited', { 'retry-after': '3600' }],
  [401, 'key_expired', {}],
  [404, 'key_not_found', {}],
  [501, 'not_offered', {}],
])('%i %s is not tried again', async (status, code, headers) => {
  const server = await serve(problem(status, code, headers))
  await failure(chronicleOf(server).experiments.get('exp_1'))
  expect(server.asked).toHaveLength(1)
})

test('a POST is tried again under the same idempotency key, and only with one', async () => {
  const server = await serve(inTurn(problem(503, 'unavailable'), json(201, { id: 'a' })))
  const client = chronicleOf(server)
  await client.call('POST /experiments', { body: {} })
  const keys = server.asked.map(({ headers }) => headers['idempotency-key'])
  expect(keys).toHaveLength(2)
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
  expect(keys[1]).toBe(keys[0])

  const strict = await serve(problem(503, 'unavailable'))
  await failure(chronicleOf(strict).call('POST /a', { body: {}, idempotencyKey: null }))
  expect(strict.asked.map(({ headers }) => headers['idempotency-key'])).toEqual([undefined])
})

test('a POST to an API without idempotency keys is made once, unless it says that it may be repeated', async () => {
  const brand = defineBrand({
    id: 'plain',
    client: 'Plain',
    env: 'PLAIN',
    settings: { api_key: { type: 'credential' }, server_url: { type: 'server' } },
    hasIdempotencyKeys: false,
  })
  class Plain extends clientFor(brand) {}
  const server = await serve(problem(503, 'unavailable'))
  const host = { ...surroundingsOf(), sleep: () => Promise.resolve() }
  const client = new Plain({ apiKey: KEY, serverUrl: server.url, host })
  await failure(client.call('POST /a', { body: {} }))
  expect(server.asked.map(({ headers }) => headers['idempotency-key'])).toEqual([undefined])
  await failure(client.call('POST /b', { body: {}, isRepeatable: true }))
  expect(server.asked.map(({ url }) => url)).toEqual(['/a', '/b', '/b', '/b'])
})

test('a web page in place of the API is named as one, whatever its status', async () => {
  for (const status of [200, 404]) {
    const server = await serve((_, response) => {
      response.writeHead(status, { 'content-type': 'text/html' })
      response.end('<!doctype html><title>Sign in</title>')
    })
    const error = await failure(chronicleOf(server).experiments.get('exp_1'))
    expect(error).toBeInstanceOf(APIError)
    expect(error.message).toContain('is a web page, so it is not from the API of Chronicle')
    expect(error).toMatchObject({ code: 'not_the_api', status })
    expect((error as APIError).hint).toContain('CHRONICLE_SERVER_URL')
  }
})

test('broken JSON is not the API either', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{"id": "exp_')
  })
  const error = await failure(chronicleOf(server).experiments.get('exp_1'))
  expect(error).toMatchObject({ code: 'not_the_api', status: 200 })
})

test('a body that is cut off is a connection error, and a read is tried again', async () => {
  const server = await serve(
    inTurn(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
        response.write('{"id": ')
        setImmediate(() => response.destroy())
      },
      json(200, { id: 'exp_1' }),
    ),
  )
  const client = chronicleOf(server)
  expect((await client.experiments.get('exp_1')).id).toBe('exp_1')
  expect(client.waits).toEqual([250])
})

test('the credential does not follow a redirect to another origin', async () => {
  const other = await serve(json(200, { id: 'stolen' }))
  const server = await serve((_, response) => {
    response.writeHead(302, { location: `${other.url}/experiments/exp_1` })
    response.end()
  })
  const error = await failure(chronicleOf(server).experiments.get('exp_1'))
  expect(error).toMatchObject({ code: 'redirected', status: 302 })
  expect(error.message).toContain(other.url)
  expect(other.asked).toEqual([])
})

test('a read follows a redirect within the origin, a write does not, and circles end', async () => {
  const server = await serve(({ url }, response) => {
    if (url === '/new') {
      json(200, { id: 'exp_1' })({} as never, response)
      return
    }
    response.writeHead(307, { location: url === '/circle' ? '/circle' : '/new' })
    response.end()
  })
  const client = chronicleOf(server)
  expect(await client.call('GET /old')).toEqual({ id: 'exp_1' })
  expect(await failure(client.call('POST /old', { body: {} }))).toMatchObject({
    code: 'redirected',
  })
  expect(await failure(client.call('GET /circle'))).toMatchObject({ code: 'redirected' })
})

test('the log has methods, paths and codes, and no secret and no query', async () => {
  const lines: string[] = []
  const note = (message: string, fields: unknown): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`)
  }
  const server = await serve(inTurn(problem(503, 'unavailable'), json(200, {})))
  const client = chronicleOf(server, { logger: { debug: note, warn: note } })
  await client.call('GET /a', { query: { email: 'jane@example.com' } })
  expect(lines).toHaveLength(2)
  expect(lines[0]).toContain('"path":"/a","attempt":1,"status":503,"code":"unavailable"')
  expect(lines.join()).not.toMatch(/jane|sk_user/)
})
