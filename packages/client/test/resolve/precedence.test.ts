import { expect, test } from 'vitest'
import { explainResolution, resolveSettings } from '../../src/index.ts'
import { autolab, chronary, chronicle } from '../../testing/brands.ts'
import { surroundingsOf } from '../../testing/surroundings.ts'

const CONFIG = '/users/jane/.methodic/config.yaml'
const CREDENTIALS = '/users/jane/.methodic/credentials.yaml'

test('a setting comes from argument, environment, credentials.yaml, config.yaml and default, in this order', () => {
  const surroundings = surroundingsOf({
    env: { CHRONICLE_API_KEY: 'sk_user_environment', CHRONICLE_TIMEOUT: '' },
    files: {
      [CREDENTIALS]: 'api_key: sk_user_credentials\ntimeout: 20\n',
      [CONFIG]: '# mine\napi_key: sk_user_config\ntimeout: 10\norganization_slug: acme\n',
    },
  })
  const args = { apiKey: 'sk_user_argument' }
  const explained = explainResolution(
    resolveSettings(chronicle, { surroundings, args, argumentNames: { apiKey: '--api-key' } }),
    '/users/jane',
  )
  const sources = Object.fromEntries(
    explained.settings.map(({ setting, winner, shadowed }) => [
      setting,
      [winner, ...shadowed].map((value) => value?.source),
    ]),
  )
  expect(sources).toEqual({
    api_key: [
      '--api-key',
      'CHRONICLE_API_KEY',
      '~/.methodic/credentials.yaml:1',
      '~/.methodic/config.yaml:2',
    ],
    server_url: ['default'],
    timeout: ['~/.methodic/credentials.yaml:2', '~/.methodic/config.yaml:3', 'default'],
    max_upload_workers: ['default'],
    organization_id: [undefined],
    organization_slug: ['~/.methodic/config.yaml:4'],
  })
  expect(explained.problems).toEqual([])
  expect(JSON.stringify(explained)).not.toContain('sk_user_argument')
})

test('a key in a setting where none belongs is shown as a secret', () => {
  const env = { CHRONICLE_ORGANIZATION_ID: 'sk_user_4f1QmZr8TnYx2LcVb7HsKd' }
  const resolution = resolveSettings(chronicle, { surroundings: surroundingsOf({ env }) })
  const shown = JSON.stringify(explainResolution(resolution))
  expect(shown).toContain('sk_user_4f1Q…')
  expect(shown).not.toContain(env.CHRONICLE_ORGANIZATION_ID)
})

test('the environment goes before the profile that is active', () => {
  const files = {
    '/users/jane/.config/chronary/config.json':
      '{"active": "work",\n "profiles": {"work": {\n "api_key": "chr_sk_work"}}}',
  }
  const winner = (env: Record<string, string>): unknown => {
    const resolution = resolveSettings(chronary, { surroundings: surroundingsOf({ env, files }) })
    return explainResolution(resolution, '/users/jane').settings[0]?.winner?.source
  }
  expect(winner({})).toBe('~/.config/chronary/config.json:3 (work)')
  expect(winner({ CHRONARY_API_KEY: 'chr_sk_environment' })).toBe('CHRONARY_API_KEY')
})

test('the token of a host counts for that host alone', () => {
  const files = {
    '/users/jane/.config/autolab/credentials.json': JSON.stringify({
      active: 'https://autolab.ai',
      hosts: {
        'https://autolab.ai': { token: 'al_production' },
        'http://localhost:3000': { token: 'al_local' },
      },
    }),
  }
  const token = (env: Record<string, string>): unknown =>
    resolveSettings(autolab, { surroundings: surroundingsOf({ env, files }) }).settings[0]?.winner
      ?.value
  expect(token({})).toBe('al_production')
  expect(token({ AUTOLAB_SERVER_URL: 'http://localhost:3000/' })).toBe('al_local')
  expect(token({ AUTOLAB_SERVER_URL: 'https://other.example' })).toBeUndefined()
})
