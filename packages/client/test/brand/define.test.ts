import { expect, test } from 'vitest'
import * as everything from '../../src/index.ts'
import {
  BrandError,
  ClientError,
  defineBrand,
  hostsJson,
  preferStored,
  sealedStore,
  splitYaml,
} from '../../src/index.ts'
import type { BrandInput, SettingsInput, StoreMode } from '../../src/index.ts'

const RIGHT = {
  id: 'acme',
  client: 'Acme',
  env: 'ACME',
  settings: {
    api_key: { type: 'credential' },
    server_url: { type: 'server', default: 'https://api.acme.example' },
    team: { type: 'text' },
    team_slug: { type: 'text' },
  },
} satisfies BrandInput<SettingsInput>

/** The places of what is wrong when these fields are in place of the right ones. */
function placesOf(fields: object): readonly string[] {
  try {
    defineBrand({ ...RIGHT, ...fields })
    return []
  } catch (error) {
    if (!(error instanceof BrandError)) throw error
    // A message that was put together wrongly would be no help at all.
    if (/undefined|\[object/.test(error.message)) throw error
    return error.problems.map(({ place }) => place)
  }
}

/** A layout that plain JavaScript would let through. */
const hosts = (fields: object): object => ({
  ...hostsJson({ directory: { xdg: 'acme' } }),
  ...fields,
})

const withSetting = (name: string, setting: unknown): object => ({
  settings: { ...RIGHT.settings, [name]: setting },
})

test('a right brand has everything that follows from its names', () => {
  const brand = defineBrand({
    ...RIGHT,
    organization: { id: 'team', slug: 'team_slug' },
    files: splitYaml({ directory: { home: '.acme' } }),
  })
  expect(brand.settings.map(({ option, variable }) => [option, variable])).toEqual([
    ['apiKey', 'ACME_API_KEY'],
    ['serverUrl', 'ACME_SERVER_URL'],
    ['team', 'ACME_TEAM'],
    ['teamSlug', 'ACME_TEAM_SLUG'],
  ])
  expect(brand.exclusive).toEqual([['team', 'team_slug']])
  expect(brand.files).toMatchObject({ layout: 'split-yaml', settings: 'config.yaml' })
})

test('pick-ups are where a brand names no route of its own, or where it names theirs', () => {
  const pickups = (routes?: BrandInput<SettingsInput>['routes']) => {
    const { createPickup, redeemPickup } = defineBrand({
      ...RIGHT,
      ...(routes && { routes }),
    }).routes
    return [createPickup, redeemPickup]
  }
  const ours = ['POST /v1/pickups', 'POST /v1/pickups/redeem']
  expect([pickups(), pickups({})]).toEqual([ours, ours])
  expect(pickups({ me: 'GET /who' })).toEqual([undefined, undefined])
  const own = { me: 'GET /who', createPickup: 'POST /send', redeemPickup: 'POST /take' } as const
  expect(pickups(own)).toEqual(['POST /send', 'POST /take'])
})

test.each<[string, object, string]>([
  ['a field nobody knows', { colour: 'red' }, 'colour'],
  ['an id with capitals', { id: 'Acme' }, 'id'],
  ['a preference that is no setting', { preferStored: preferStored('nothing') }, 'preferStored'],
  ['a preference that is text', { preferStored: preferStored('team') }, 'preferStored'],
  ['a client that is no class name', { client: 'acme' }, 'client'],
  ['variables in small letters', { env: 'acme' }, 'env'],
  ['no settings', { settings: undefined }, 'settings'],
  ['two credentials', withSetting('token', { type: 'credential' }), 'settings'],
  [
    'a setting named as an option',
    withSetting('maxWorkers', { type: 'text' }),
    'settings.maxWorkers',
  ],
  [
    "a setting called as one of the client's own options",
    withSetting('host', { type: 'text' }),
    'settings.host',
  ],
  ['an unknown type', withSetting('timeout', { type: 'duration' }), 'settings.timeout'],
  [
    'a field of no setting',
    withSetting('timeout', { type: 'seconds', unit: 's' }),
    'settings.timeout.unit',
  ],
  [
    'a default of the wrong type',
    withSetting('timeout', { type: 'seconds', default: '30' }),
    'settings.timeout.default',
  ],
  [
    'a default out of bounds',
    withSetting('n', { type: 'integer', min: 2, default: 1 }),
    'settings.n.default',
  ],
  [
    'bounds the wrong way round',
    withSetting('n', { type: 'integer', min: 2, max: 1 }),
    'settings.n',
  ],
  [
    'a default secret',
    withSetting('api_key', { type: 'credential', default: 'a' }),
    'settings.api_key.default',
  ],
  [
    'a variable twice',
    withSetting('other', { type: 'text', variable: 'ACME_TEAM' }),
    'settings.other',
  ],
  [
    'a variable in small letters',
    withSetting('other', { type: 'text', variable: 'team' }),
    'settings.other.variable',
  ],
  [
    'a layer twice',
    withSetting('n', { type: 'text', precedence: ['files', 'files'] }),
    'settings.n.precedence',
  ],
  ['a group of one', { exclusive: [['team']] }, 'exclusive[0]'],
  ['a group with a stranger', { exclusive: [['team', 'no']] }, 'exclusive[0]'],
  [
    'a group that does not agree on the order',
    {
      ...withSetting('team', { type: 'text', precedence: ['files'] }),
      exclusive: [['team', 'team_slug']],
    },
    'exclusive[0]',
  ],
  ['an organization without a slug', { organization: { id: 'team' } }, 'organization'],
  ['two kinds that begin alike', { kinds: { a: 'ac_', b: 'ac_' } }, 'kinds.b'],
  ['a kind with a space', { kinds: { a: 'ac me' } }, 'kinds.a'],
  ['an unknown layout', { files: { layout: 'toml' } }, 'files'],
  [
    'a file outside its folder',
    { files: hosts({ directory: { xdg: 'acme' }, file: '../a.json' }) },
    'files.file',
  ],
  [
    'a field of another layout',
    { files: hosts({ directory: { xdg: 'acme' }, colour: 'a' }) },
    'files.colour',
  ],
  ['a folder that climbs', { files: hosts({ directory: { home: '../acme' } }) }, 'files.directory'],
  ['two folders', { files: hosts({ directory: { home: 'a', xdg: 'a' } }) }, 'files.directory'],
  [
    'an unknown answer to open files',
    { files: hosts({ directory: { xdg: 'acme' }, whenReadable: 'ignore' }) },
    'files.whenReadable',
  ],
  ['a route without a method', { routes: { me: '/v1/me' } }, 'routes.me'],
  ['a store that is only its mode', { store: { mode: 'auto' } }, 'store'],
  ['a preference that is only its setting', { preferStored: 'prefer_stored' }, 'preferStored'],
  [
    'a mode that there is none of',
    { store: sealedStore({ mode: 'vault' as StoreMode }) },
    'store.mode',
  ],
  ['no time for a keychain', { store: sealedStore({ limitSeconds: 0 }) }, 'store.limitSeconds'],
  ['an unknown route', { routes: { who: 'GET /v1/me' } }, 'routes.who'],
  ['an unknown error', { errors: { OopsError: 'AcmeError' } }, 'errors.OopsError'],
  ['an error that is no class name', { errors: { ConfigError: 'acme' } }, 'errors.ConfigError'],
])('%s is refused with its place', (_, fields, place) => {
  expect(placesOf(fields)).toContain(place)
})

test('every error class can be called otherwise', () => {
  const names = Object.entries(everything)
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof ClientError)
    .map(([name]) => name)
  expect(names).toContain('QuotaExceededError')
  const errors = Object.fromEntries(names.map((name) => [name, `Acme${name}`]))
  expect(placesOf({ errors })).toEqual([])
})

test('everything wrong is told at once', () => {
  expect(placesOf({ id: '', env: '', kinds: { a: '' } })).toEqual(['id', 'env', 'kinds.a'])
})
