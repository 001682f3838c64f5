import { expect, test } from 'vitest'
import {
  APIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalError,
  NotFoundError,
  PermissionDeniedError,
  QuotaExceededError,
  RateLimitError,
  UnprocessableError,
} from '../../src/index.ts'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { Chronicle } from '../../testing/chronicle.ts'
import { chronicleOf, KEY } from '../../testing/client.ts'
import { json, problem, serve } from '../../testing/server.ts'
import { surroundingsOf } from '../../testing/surroundings.ts'

rememberSecret(KEY)

async function refusal(call: PromiseLike<unknown>): Promise<APIError> {
  const error: unknown = await Promise.resolve(call).catch((reason: unknown) => reason)
  if (error instanceof APIError) return error
  throw new Error('expected an answer that refuses', { cause: error })
}

test.each([
  [400, 'malformed_request', BadRequestError],
  [401, 'key_revoked', AuthenticationError],
  [403, 'insufficient_scope', PermissionDeniedError],
  [404, 'key_not_found', NotFoundError],
  [409, 'key_exists', ConflictError],
  [422, 'unknown_scope', UnprocessableError],
  [429, 'rate_limited', RateLimitError],
  [429, 'quota_exhausted', QuotaExceededError],
  [500, 'internal', InternalError],
  [503, 'unavailable', InternalError],
  [418, 'teapot', APIError],
] as const)('%i %s is an error of its own class', async (status, code, kind) => {
  const client = chronicleOf(await serve(problem(status, code)), { maxRetries: 0 })
  const error = await refusal(client.experiments.get('exp_1'))
  expect(error.constructor).toBe(kind)
  expect(error).toMatchObject({ status, code, requestId: 'req_1', name: kind.called })
  expect(error.message).toContain(`${code}. (${status} ${code}, request req_1)`)
})

test('a 401 names where the credential came from and what it hides, and the client tries nothing else', async () => {
  const server = await serve(problem(401, 'key_revoked'))
  const client = chronicleOf(server, {
    argumentNames: { apiKey: '--api-key' },
    host: { env: { CHRONICLE_API_KEY: 'sk_user_other' }, files: undefined },
  })
  const error = await refusal(client.experiments.get('exp_1'))
  expect(error.source).toBe('--api-key')
  expect(error.message).toContain('came from --api-key, which hides CHRONICLE_API_KEY')
  expect(server.asked).toHaveLength(1)
})

test('a 403 says which scopes would have been enough, from the body or from the challenge', async () => {
  const scopesOf = async (handler: ReturnType<typeof json>): Promise<readonly string[]> => {
    const error = await refusal(chronicleOf(await serve(handler)).experiments.get('a'))
    return error instanceof PermissionDeniedError ? error.requiredScopes : []
  }
  const challenge = { 'www-authenticate': 'Bearer realm="a", scope="runs:read runs:write"' }
  expect(await scopesOf(json(403, { scope: 'runs:write' }))).toEqual(['runs:write'])
  expect(await scopesOf(json(403, { required_scopes: ['a:b'] }))).toEqual(['a:b'])
  expect(await scopesOf(json(403, {}, challenge))).toEqual(['runs:read', 'runs:write'])
})

test('a refused credential is told with how to give another in its place', async () => {
  const server = await serve(json(401, { code: 'key_revoked', detail: 'Revoked.' }))
  const hintOf = async (options: object, env: Record<string, string> = {}) => {
    const files = { '/users/jane/.methodic/credentials.yaml': `api_key: ${KEY}` }
    const host = surroundingsOf({ env, files })
    const client = new Chronicle({ serverUrl: server.url, host, ...options })
    return (await refusal(client.experiments.get('exp_1'))).hint
  }
  expect(await hintOf({})).toBe(
    "run 'methodic auth login', or put a valid credential into ~/.methodic/credentials.yaml:1",
  )
  expect(await hintOf({}, { CHRONICLE_API_KEY: KEY })).toBe(
    'put a valid credential into CHRONICLE_API_KEY',
  )
  expect(await hintOf({ apiKey: KEY })).toBe('give a valid credential as apiKey')
})

test('no error says the secret, also when the server repeats it', async () => {
  const client = chronicleOf(await serve(json(400, { detail: `what is ${KEY}?`, echo: KEY })))
  const error = await refusal(client.experiments.get('exp_1'))
  expect(JSON.stringify([error.message, error.body, error.stack, error])).not.toContain(KEY)
})

test('withResponse gives data, response and request id of one request', async () => {
  const server = await serve(json(200, { id: 'exp_1' }, { 'x-request-id': 'req_9' }))
  const answer = chronicleOf(server).experiments.get('exp_1')
  const { data, response, requestId } = await answer.withResponse()
  expect([data.id, response.status, requestId]).toEqual(['exp_1', 200, 'req_9'])
  expect((await answer).id).toBe('exp_1')
  expect(server.asked).toHaveLength(1)
})

test('what fills a route is encoded, and cannot climb out of it', async () => {
  const server = await serve(json(200, {}))
  const { experiments } = chronicleOf({ url: `${server.url}/base/` })
  await experiments.get('a/../b?c')
  expect(server.asked[0]?.url).toBe('/base/experiments/a%2F..%2Fb%3Fc')
  for (const id of ['', '.', '..']) await expect(experiments.get(id)).rejects.toThrow(TypeError)
  expect(server.asked).toHaveLength(1)
})

test('a 204 has no data', async () => {
  const server = await serve((_, response) => {
    response.writeHead(204)
    response.end()
  })
  expect(await chronicleOf(server).apiKeys.revoke('key_1')).toBeUndefined()
  expect(server.asked[0]?.method).toBe('DELETE')
})

test('a new key comes as a secret that shows itself only when asked', async () => {
  const server = await serve(json(201, { id: 'key_1', key: KEY }))
  const made = await chronicleOf(server).apiKeys.create({ description: 'a', scopes: [] })
  expect(`${String(made.key)} ${JSON.stringify(made)}`).not.toContain(KEY)
  expect(made.key.reveal()).toBe(KEY)
})
