import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { ConfigError, Secret } from '../../src/index.ts'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { Chronicle } from '../../testing/chronicle.ts'
import { KEY } from '../../testing/client.ts'
import { json, serve } from '../../testing/server.ts'
import { surroundingsOf } from '../../testing/surroundings.ts'

rememberSecret(KEY)

const never = (): never => {
  throw new Error('the network was used')
}

/** What a call throws, at once or later. */
async function thrownBy(call: () => unknown): Promise<Error> {
  try {
    await call()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('expected an error')
}

test('fromEnv takes what the surroundings have', () => {
  const host = surroundingsOf({ env: { CHRONICLE_API_KEY: KEY, CHRONICLE_TIMEOUT: '5' } })
  const { settings } = Chronicle.fromEnv({ host, maxUploadWorkers: 3 })
  expect(settings).toEqual({
    apiKey: KEY,
    serverUrl: 'https://api.methodiclabs.ai',
    timeout: 5,
    maxUploadWorkers: 3,
    organizationId: undefined,
    organizationSlug: undefined,
  })
})

test('without a key fromEnv throws the error of the product before any network call', async () => {
  const error = await thrownBy(() => Chronicle.fromEnv({ host: surroundingsOf(), fetch: never }))
  expect(error).toBeInstanceOf(ConfigError)
  expect(error).toMatchObject({ name: 'ChronicleConfigError', code: 'missing_setting' })
  expect(error.message).toBe(
    "Chronicle is not configured: there is no api_key; set CHRONICLE_API_KEY, or run 'methodic auth login', or pass apiKey.",
  )
})

test('the constructor never throws; the first use says what is missing', async () => {
  const client = new Chronicle({ host: surroundingsOf(), fetch: never })
  expect(client.explain().problems).toHaveLength(1)
  const error = await thrownBy(() => client.experiments.get('exp_1'))
  expect(error.name).toBe('ChronicleConfigError')
})

test('an environment variable does not count for a client of files', async () => {
  const host = surroundingsOf({
    env: { CHRONICLE_API_KEY: 'sk_user_environment', CHRONICLE_CONFIG: '/elsewhere' },
    files: {
      '/a/config.yaml': 'server_url: https://chronicle.example\n',
      '/a/credentials.yaml': `api_key: ${KEY}\n`,
      '/a/both.yaml': `api_key: ${KEY}\ntimeout: 9\n`,
    },
  })
  const files = { config: '/a/config.yaml', credentials: '/a/credentials.yaml' }
  expect(Chronicle.fromFiles(files, { host }).settings.serverUrl).toBe('https://chronicle.example')
  expect(Chronicle.fromFiles({ config: '/a/both.yaml' }, { host }).settings.timeout).toBe(9)
  expect(
    Chronicle.fromFiles({ credentials: '/a/credentials.yaml' }, { host }).settings.apiKey,
  ).toBe(KEY)
  const error = await thrownBy(() => Chronicle.fromFiles({ config: '/a/config.yaml' }, { host }))
  expect(error.message).toContain('write it into a file that you name')
  const absent = await thrownBy(() => Chronicle.fromFiles({ config: '/a/no.yaml' }, { host }))
  expect(absent.message).toContain('/a/no.yaml was named and is not there')
})

test('CHRONICLE_CONFIG names one file instead of both', () => {
  const host = surroundingsOf({
    env: { CHRONICLE_CONFIG: '/a/one.yaml' },
    files: {
      '/a/one.yaml': `api_key: ${KEY}\n`,
      '/users/jane/.methodic/config.yaml': 'timeout: 1\n',
    },
  })
  expect(Chronicle.fromEnv({ host }).settings).toMatchObject({ apiKey: KEY, timeout: 30 })
})

test('a key may come from a function, which is asked for each attempt', async () => {
  const server = await serve(json(200, {}))
  const keys = ['sk_user_first', 'sk_user_second']
  const client = Chronicle.fromEnv({
    host: surroundingsOf(),
    serverUrl: server.url,
    apiKey: () => Promise.resolve(keys.shift() ?? ''),
  })
  await client.call('GET /a')
  await client.call('GET /a')
  expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer sk_user_first',
    'Bearer sk_user_second',
  ])
  const error = await thrownBy(() => client.call('GET /a'))
  expect(error.message).toContain('what apiKey gives is empty')
})

test.each([
  ['sk-ant-api03-abcdefghijklmnop', 'Anthropic'],
  ['sk-proj-abcdefghijklmnop', 'OpenAI'],
  ['ghp_abcdefghijklmnop', 'GitHub'],
])('a key of somebody else is named as such and never sent: %s', async (key, product) => {
  rememberSecret(key)
  const host = surroundingsOf({ env: { CHRONICLE_API_KEY: key } })
  const error = await thrownBy(() => Chronicle.fromEnv({ host, fetch: never }))
  expect(error).toMatchObject({ code: 'foreign_credential' })
  expect(error.message).toContain(`CHRONICLE_API_KEY is a key of ${product}`)
  expect(error.message).not.toContain(key)
  const lazy = new Chronicle({ host: surroundingsOf(), fetch: never, apiKey: () => key })
  expect(await thrownBy(() => lazy.call('GET /a'))).toMatchObject({ code: 'foreign_credential' })
})

test('a credential goes over https or stays on this machine', async () => {
  const host = surroundingsOf({ env: { CHRONICLE_API_KEY: KEY } })
  for (const serverUrl of ['https://a.example', 'http://localhost:1', 'http://[::1]:1']) {
    expect(Chronicle.fromEnv({ host, serverUrl }).settings.serverUrl).toBe(serverUrl)
  }
  for (const serverUrl of [
    'http://a.example',
    'http://localhost.a.example',
    'http://127.0.0.1.a.example',
  ]) {
    const error = await thrownBy(() => Chronicle.fromEnv({ host, serverUrl }))
    expect(error).toMatchObject({ code: 'insecure_server' })
  }
})

test('an option that does not exist is refused, because another value would count in its place', async () => {
  const host = surroundingsOf({ env: { CHRONICLE_API_KEY: KEY } })
  const misspelled = { host, apikey: 'sk_user_mine' }
  const error = await thrownBy(() => Chronicle.fromEnv(misspelled))
  expect(error.message).toContain("there is no option 'apikey'")
})

test('a client says nothing secret when it is printed', () => {
  const client = new Chronicle({ apiKey: KEY, host: surroundingsOf() })
  expect(inspect(client, { depth: 9, showHidden: true })).not.toContain(KEY)
  expect(JSON.stringify(client)).not.toContain(KEY)
  expect(JSON.stringify(client.explain())).toContain('sk_user_4f1Q…')
})

test('a secret is masked in text, JSON and inspection', () => {
  const secret = new Secret(KEY)
  const shown = [String(secret), JSON.stringify({ secret }), inspect({ secret }), secret.toString()]
  expect(shown.join()).not.toContain(KEY)
  expect(secret.reveal()).toBe(KEY)
})
