// Where the client's settings come from: every setting in every place, and what is said when they cannot be used.

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Chronicle, ChronicleConfigError, PERSONAL } from './client.ts'
import { API, atHome, CONFIG, CREDENTIALS } from './testing/at-home.ts'

const KEY = 'sk_user_4f1QmZr8TnYx2LcVb7HsKd'

/** Each setting with what there is without any place, and values that can be told apart. */
const SETTINGS = [
  {
    setting: 'api_key',
    option: 'apiKey',
    preset: 'ChronicleConfigError',
    values: [`${KEY}1`, `${KEY}2`, `${KEY}3`, `${KEY}4`],
  },
  {
    setting: 'server_url',
    option: 'serverUrl',
    preset: API,
    values: [1, 2, 3, 4].map((port) => `http://127.0.0.1:${port}`),
  },
  { setting: 'timeout', option: 'timeout', preset: 30, values: [1, 2, 3, 4] },
  { setting: 'max_upload_workers', option: 'maxUploadWorkers', preset: 2, values: [1, 3, 4, 5] },
  { setting: 'organization_id', option: 'organizationId', values: ['o1', 'o2', 'o3', 'o4'] },
  { setting: 'organization_slug', option: 'organizationSlug', values: ['s1', 's2', 's3', 's4'] },
] as const

/** What a function gives, or the name of the error that it throws. */
function nameOfError(give: () => unknown): unknown {
  try {
    return give()
  } catch (error) {
    return error instanceof Error ? error.name : error
  }
}

describe('Chronicle.fromEnv', () => {
  test.each(SETTINGS)(
    'M2, M3: $setting comes from the argument, the environment, credentials.yaml, config.yaml, the default',
    async ({ setting, option, values, ...row }) => {
      const [argument, variable, credential, configured] = values
      const { home, program } = await atHome()
      const spare: Record<string, string> = setting === 'api_key' ? {} : { CHRONICLE_API_KEY: KEY }
      const env = { ...spare, [`CHRONICLE_${setting.toUpperCase()}`]: String(variable) }
      const value = (...[options, around]: Parameters<typeof program>) =>
        program(options, around).settings[option]
      await home.put({
        [CREDENTIALS]: `${setting}: ${credential}\n`,
        [CONFIG]: `${setting}: ${configured}\n`,
      })
      expect(value({ [option]: argument }, env)).toBe(argument)
      expect(value({}, env)).toBe(variable)
      expect(value({}, spare)).toBe(credential)
      await home.put({ [CREDENTIALS]: '' })
      expect(value({}, spare)).toBe(configured)
      await home.put({ [CONFIG]: '' })
      expect(nameOfError(() => value({}, spare))).toBe('preset' in row ? row.preset : undefined)
    },
  )

  test('M4: without a key throws ChronicleConfigError before any network call', async () => {
    const { program, asked } = await atHome()
    const made = () => program()
    expect(made).toThrow(ChronicleConfigError)
    expect(made).toThrow(expect.objectContaining({ name: 'ChronicleConfigError' }))
    expect(made).toThrow(/set CHRONICLE_API_KEY, or run 'methodic auth login'/)
    expect(asked).toEqual([])
  })

  test('M5: an id and a slug together are refused, in each place', async () => {
    const { home, program } = await atHome()
    const both = { organizationId: 'o', organizationSlug: 's' }
    expect(() => program({ apiKey: KEY, ...both })).toThrow(/name the same thing/)
    const env = { CHRONICLE_ORGANIZATION_ID: 'o', CHRONICLE_ORGANIZATION_SLUG: 's' }
    expect(() => program({ apiKey: KEY }, env)).toThrow(/CHRONICLE_ORGANIZATION_SLUG/)
    await home.put({ [CONFIG]: 'organization_id: o\norganization_slug: s\n' })
    expect(() => program({ apiKey: KEY })).toThrow(/config\.yaml/)
  })

  test('M6: either file may be left out and hold any of the settings', async () => {
    const { home, program, key, acme } = await atHome()
    await home.put({ [CREDENTIALS]: `api_key: ${key}\norganization_slug: acme\n` })
    expect((await program().experiments.create('x')).organization_id).toBe(acme)
    const own = await program().experiments.create('x', { organizationId: PERSONAL })
    expect(own.organization_id).toBeNull()
  })

  test('M6: CHRONICLE_CONFIG names one file instead of both', async () => {
    const { home, program } = await atHome()
    await home.put({
      [CREDENTIALS]: 'timeout: 9\n',
      'one.yaml': `api_key: ${KEY}\nmax_upload_workers: 7\n`,
    })
    const env = { CHRONICLE_CONFIG: join(home.path, 'one.yaml') }
    expect(program({}, env).settings).toMatchObject({ maxUploadWorkers: 7, timeout: 30 })
  })

  test('M3: CHRONICLE_TIMEOUT is in seconds, for each request', async () => {
    const { program } = await atHome()
    const never: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error))
      })
    const chronicle = program(
      { apiKey: KEY, fetch: never, maxRetries: 0 },
      { CHRONICLE_TIMEOUT: '0.01' },
    )
    await expect(chronicle.me.scopes()).rejects.toMatchObject({ name: 'TimeoutError' })
  })
})

describe('M6: Chronicle.fromFiles', () => {
  test('reads the files that are named, either of them, and no environment', async () => {
    const { home } = await atHome()
    const env = { CHRONICLE_API_KEY: `${KEY}9`, CHRONICLE_TIMEOUT: '9' }
    const host = { env, home: home.path }
    await home.put({
      [CONFIG]: 'timeout: 8\n',
      'all.yaml': `api_key: ${KEY}\ntimeout: 5\n`,
      'key.yaml': `api_key: ${KEY}1\n`,
    })
    const [config, credentials] = ['all.yaml', 'key.yaml'].map((name) => join(home.path, name))
    expect(Chronicle.fromFiles({ config }, { host }).settings).toMatchObject({
      apiKey: KEY,
      timeout: 5,
    })
    expect(Chronicle.fromFiles({ config, credentials }, { host }).settings).toMatchObject({
      apiKey: `${KEY}1`,
      timeout: 5,
    })
    expect(Chronicle.fromFiles({ credentials }, { host }).settings).toMatchObject({
      apiKey: `${KEY}1`,
      timeout: 30,
    })
  })
})
