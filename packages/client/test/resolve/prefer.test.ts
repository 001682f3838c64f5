// A person can say that the stored login goes before the environment, where the brand has a setting for it.

import { expect, test } from 'vitest'
import {
  clientFor,
  defineBrand,
  explainResolution,
  hostsJson,
  preferStored,
  profilesJson,
  resolveSettings,
  splitYaml,
} from '../../src/index.ts'
import { surroundingsOf } from '../../testing/surroundings.ts'

const fields = {
  id: 'acme',
  client: 'Acme',
  env: 'ACME',
  settings: {
    api_key: { type: 'credential' },
    server_url: { type: 'server', default: 'https://acme.example' },
    prefer_stored: { type: 'boolean' },
    timeout: { type: 'seconds', default: 30 },
  },
  preferStored: preferStored('prefer_stored'),
} as const

const profiles = defineBrand({ ...fields, files: profilesJson({ directory: { xdg: 'acme' } }) })
const hosts = defineBrand({ ...fields, files: hostsJson({ directory: { xdg: 'acme' } }) })
const yaml = defineBrand({ ...fields, files: splitYaml({ directory: { home: '.acme' } }) })

const ENV = {
  ACME_API_KEY: 'key-of-the-environment',
  ACME_SERVER_URL: 'https://env.example',
  ACME_TIMEOUT: '5',
}

const stored = (login: object): Record<string, string> => ({
  '/users/jane/.config/acme/config.json': JSON.stringify({ profiles: { default: login } }),
})

/** Value of the winner and sources of the hidden ones, by setting. */
function found(
  brand: typeof profiles,
  place: { env?: Record<string, string>; files: Record<string, string> },
  args: Record<string, unknown> = {},
) {
  const surroundings = surroundingsOf({ ...place, env: { ...ENV, ...place.env } })
  const resolution = resolveSettings(brand, { surroundings, args })
  const { settings } = explainResolution(resolution)
  return {
    problems: resolution.problems,
    values: Object.fromEntries(
      resolution.settings.map(({ setting, winner }) => [setting.name, winner?.value]),
    ),
    hidden: settings[0]?.shadowed.map(({ source }) => source),
  }
}

const LOGIN = { api_key: 'key-of-the-file', server_url: 'https://file.example', timeout: 9 }

test('without a choice the environment counts', () => {
  expect(found(profiles, { files: stored(LOGIN) }).values).toMatchObject({
    api_key: 'key-of-the-environment',
    server_url: 'https://env.example',
    timeout: 5,
  })
})

test.each([
  ['its profile', {}, { prefer_stored: true }],
  ['a variable', { ACME_PREFER_STORED: '1' }, {}],
  ['a variable before its profile', { ACME_PREFER_STORED: 'yes' }, { prefer_stored: false }],
])(
  'a login that %s prefers counts with its server, and other settings do not change',
  (...given) => {
    const [, env, choice] = given
    const { values, hidden, problems } = found(profiles, {
      env,
      files: stored({ ...LOGIN, ...choice }),
    })
    expect(problems).toEqual([])
    expect(values).toMatchObject({
      api_key: 'key-of-the-file',
      server_url: 'https://file.example',
      timeout: 5,
    })
    expect(hidden).toEqual(['ACME_API_KEY'])
  },
)

test('an argument goes before it, and the choice of one profile is not that of another', () => {
  const files = {
    '/users/jane/.config/acme/config.json': JSON.stringify({
      profiles: { work: { ...LOGIN, prefer_stored: true }, default: { api_key: 'other-key' } },
    }),
  }
  const args = { apiKey: 'key-of-the-argument' }
  expect(found(profiles, { env: { ACME_PROFILE: 'work' }, files }, args).values['api_key']).toBe(
    'key-of-the-argument',
  )
  expect(found(profiles, { files }).values['api_key']).toBe('key-of-the-environment')
})

test('a variable that says no goes before a profile that says yes', () => {
  const files = stored({ ...LOGIN, prefer_stored: true })
  const env = { ACME_PREFER_STORED: 'false' }
  expect(found(profiles, { env, files }).values['api_key']).toBe('key-of-the-environment')
})

test('where nothing is stored the environment counts all the same', () => {
  const env = { ACME_PREFER_STORED: '1' }
  expect(found(profiles, { env, files: {} }).values['api_key']).toBe('key-of-the-environment')
})

test('among hosts the variable still names the host, whose own login counts then', () => {
  const file = {
    active: 'https://file.example',
    hosts: {
      'https://file.example': { api_key: 'key-of-the-file' },
      'https://env.example': { api_key: 'key-of-that-host', prefer_stored: true },
    },
  }
  const files = { '/users/jane/.config/acme/credentials.json': JSON.stringify(file) }
  expect(found(hosts, { files }).values).toMatchObject({
    api_key: 'key-of-that-host',
    server_url: 'https://env.example',
  })
})

test('a stored login that names no server is for the own one of the product, and for none of the environment', () => {
  const files = stored({ api_key: 'key-of-the-file', prefer_stored: true })
  expect(found(profiles, { files }).values).toMatchObject({
    api_key: 'key-of-the-file',
    server_url: 'https://acme.example',
  })
})

test('a credential of elsewhere does not go to the server of the stored login', () => {
  const { api_key: _, ...server } = { ...LOGIN, prefer_stored: true }
  expect(found(profiles, { files: stored(server) }).values).toMatchObject({
    api_key: 'key-of-the-environment',
    server_url: 'https://env.example',
  })
  const args = { apiKey: 'key-of-the-argument' }
  const files = stored({ ...LOGIN, prefer_stored: true })
  expect(found(profiles, { files }, args).values).toMatchObject({
    api_key: 'key-of-the-argument',
    server_url: 'https://env.example',
  })
})

test('in two YAML files it is a setting like any other', () => {
  const files = {
    '/users/jane/.acme/credentials.yaml': 'api_key: key-of-the-file\n',
    '/users/jane/.acme/config.yaml': 'prefer_stored: true\n',
  }
  expect(found(yaml, { files }).values).toMatchObject({
    api_key: 'key-of-the-file',
    server_url: 'https://acme.example',
  })
})

test('a choice that cannot be read stops, and is not guessed', () => {
  const { problems } = found(profiles, { files: stored({ ...LOGIN, prefer_stored: 'maybe' }) })
  expect(problems[0]).toMatchObject({ code: 'invalid_setting' })
})

test('the SDK does as the command line does, and an option of it chooses too', () => {
  const Acme = clientFor(profiles)
  const host = surroundingsOf({ env: ENV, files: stored(LOGIN) })
  expect(Acme.fromEnv({ host }).settings.apiKey).toBe('key-of-the-environment')
  const { settings } = Acme.fromEnv({ host, preferStored: true })
  expect([settings.apiKey, settings.serverUrl]).toEqual(['key-of-the-file', 'https://file.example'])
})
