import { expectTypeOf, test } from 'vitest'
import type { CredentialFunction } from '../../src/index.ts'
import { clientFor, defineBrand } from '../../src/index.ts'

const brand = defineBrand({
  id: 'acme',
  client: 'Acme',
  env: 'ACME',
  settings: {
    api_key: { type: 'credential' },
    server_url: { type: 'server', default: 'https://api.acme.example' },
    timeout: { type: 'seconds', default: 30 },
    max_upload_workers: { type: 'integer' },
    is_quiet: { type: 'boolean', required: true },
    team_id: { type: 'text' },
  },
})

class Acme extends clientFor(brand) {
  readonly teams = { list: () => this.pages<{ id: string }>('GET /v1/teams') }
}

test('options and settings follow from the brand', () => {
  const client = Acme.fromEnv({ apiKey: () => Promise.resolve('a'), maxUploadWorkers: 3 })
  expectTypeOf(client).toEqualTypeOf<Acme>()
  expectTypeOf(client.settings.apiKey).toEqualTypeOf<string | CredentialFunction>()
  expectTypeOf(client.settings.timeout).toBeNumber()
  expectTypeOf(client.settings.isQuiet).toBeBoolean()
  expectTypeOf(client.settings.teamId).toEqualTypeOf<string | undefined>()
  expectTypeOf(client.settings.maxUploadWorkers).toEqualTypeOf<number | undefined>()
})

test('a subclass stays itself', () => {
  expectTypeOf(Acme.fromFiles({}).with({ timeout: 3 })).toEqualTypeOf<Acme>()
})

test('what is no option does not compile', () => {
  // @ts-expect-error -- the option is apiKey
  void Acme.fromEnv({ apikey: 'a' })
  // @ts-expect-error -- seconds are a number
  void new Acme({ timeout: '30' })
  // @ts-expect-error -- a setting has a type
  void defineBrand({ id: 'a', client: 'A', env: 'A', settings: { api_key: {} } })
  // @ts-expect-error -- a route has a method
  void new Acme().call('/v1/teams')
})
