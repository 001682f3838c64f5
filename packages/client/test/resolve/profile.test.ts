import { expect, test } from 'vitest'
import { resolveSettings } from '../../src/index.ts'
import type { Resolution } from '../../src/index.ts'
import { chronary } from '../../testing/brands.ts'
import { surroundingsOf } from '../../testing/surroundings.ts'

const PROFILES = '/users/jane/.config/chronary/config.json'
const TEXT = JSON.stringify({
  active: 'work',
  profiles: {
    default: { api_key: 'chr_sk_default' },
    work: { api_key: 'chr_sk_work' },
    bound: { api_key: 'chr_sk_bound' },
    deeper: { api_key: 'chr_sk_deeper' },
  },
  bindings: { '/code/app': 'bound', '/code/app/inner/': 'deeper' },
})

function resolve(
  given: { profile?: string; env?: Record<string, string>; cwd?: string },
  text = TEXT,
): Resolution {
  const { profile, env = {}, cwd = '/' } = given
  const surroundings = surroundingsOf({ env, cwd, files: { [PROFILES]: text } })
  return resolveSettings(chronary, { surroundings, profile })
}

test('a profile comes from argument, variable, nearest bound folder, active one and default', () => {
  const env = { CHRONARY_PROFILE: 'default' }
  const cwd = '/code/app/inner/src'
  expect(resolve({ profile: 'bound', env, cwd }).profile).toBe('bound')
  expect(resolve({ env, cwd }).profile).toBe('default')
  expect(resolve({ cwd }).profile).toBe('deeper')
  expect(resolve({ cwd: '/code/app' }).profile).toBe('bound')
  expect(resolve({ cwd: '/code/application' }).profile).toBe('work')
  expect(resolve({}).settings[0]?.winner?.value).toBe('chr_sk_work')
  expect(resolve({}, '{}').profile).toBe('default')
})

test('a profile that does not exist stops, and says which ones there are', () => {
  const { problems } = resolve({ profile: 'wrok' })
  expect(problems[0]).toMatchObject({ code: 'unknown_profile', place: 'the profile argument' })
  expect(problems[0]?.fix).toBe('use one of default, work, bound, deeper')
  const dangling = resolve({}, '{"active": "gone", "profiles": {}}').problems
  expect(dangling[0]?.problem).toContain(`'active' in ${PROFILES} names the profile 'gone'`)
})
