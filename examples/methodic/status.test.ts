// `methodic auth status`: what programs would resolve, with and without each variable.

import { describe, expect, test } from 'vitest'
import { API, atHome, CONFIG, CREDENTIALS } from './testing/at-home.ts'

/** The row of a setting, its columns put together by single spaces. */
function rowOf(stdout: string, setting: string): string | undefined {
  const row = stdout.split('\n').find((line) => line.startsWith(`${setting} `))
  return row?.replaceAll(/ {2,}/g, ' ')
}

describe('M8: methodic auth status', () => {
  test('prints what programs would resolve, with the key masked, and who the API takes it for', async () => {
    const { run, home, key, acme } = await atHome()
    await home.put({
      [CREDENTIALS]: `api_key: ${key}\n`,
      [CONFIG]: `timeout: 12\norganization_id: ${acme}\n`,
    })
    expect(await run('auth status')).toEqual({
      exit: 0,
      stdout: [
        `api_key             ${key.slice(0, 12)}…                ~/.methodic/credentials.yaml:1`,
        `server_url          ${API}  default`,
        `timeout             12                           ~/.methodic/config.yaml:1`,
        `max_upload_workers  2                            default`,
        `organization_id     ${acme}     ~/.methodic/config.yaml:2`,
        `organization_slug   not set`,
        '',
      ].join('\n'),
      stderr: expect.stringMatching(
        new RegExp(`^${API} accepts it: Jane Doe\\. It ends at \\S+\\.\n$`),
      ),
    })
  })

  test('without a key ends with 4 and the command that changes it', async () => {
    const { run, asked } = await atHome()
    const { exit, stdout, stderr } = await run('auth status')
    expect({ exit, asked }).toEqual({ exit: 4, asked: [] })
    expect(rowOf(stdout, 'api_key')).toBe('api_key not set')
    expect(stderr).toBe(
      'methodic: You are not logged in.\nRun `methodic auth login`, or set CHRONICLE_API_KEY.\n',
    )
  })

  test('M14: with a key that was revoked ends with 4 and says where the key comes from', async () => {
    const { run, home, call } = await atHome()
    const made = await call('POST /api-keys', { body: { description: 'gone' } })
    await home.put({ [CREDENTIALS]: `api_key: ${String(made.body['key'])}\n` })
    expect((await run('auth status')).exit).toBe(0)
    await call(`DELETE /api-keys/${made.id}`)
    const { exit, stderr } = await run('auth status')
    expect(exit).toBe(4)
    expect(stderr).toContain('~/.methodic/credentials.yaml:1')
  })

  test.each([
    ['timeout', '5', '12'],
    ['max_upload_workers', '8', '3'],
    ['organization_id', 'org_2', 'org_1'],
    ['server_url', API, 'http://127.0.0.1:1'],
  ])(
    'M3: the variable of %s counts before the files, and without it they do',
    async (setting, value, kept) => {
      const name = `CHRONICLE_${setting.toUpperCase()}`
      const { run, home, key } = await atHome()
      await home.put({ [CREDENTIALS]: `api_key: ${key}\n`, [CONFIG]: `${setting}: ${kept}\n` })
      const place = '~/.methodic/config.yaml:1'
      const { stdout } = await run('auth status', { env: { [name]: value } })
      expect(rowOf(stdout, setting)).toBe(`${setting} ${value} ${name} hides ${place}`)
      for (const env of [{}, { [name]: '' }]) {
        const without = await run('auth status', { env, world: OFFLINE })
        expect(rowOf(without.stdout, setting)).toBe(`${setting} ${kept} ${place}`)
      }
    },
  )

  test('M3: CHRONICLE_API_KEY counts before the files, a JWT too, and is masked', async () => {
    const { run, home, key, jwt } = await atHome()
    await home.put({ [CREDENTIALS]: `api_key: ${key}\n` })
    const token = await jwt('jane')
    const { stdout } = await run('auth status', { env: { CHRONICLE_API_KEY: token } })
    expect(rowOf(stdout, 'api_key')).toBe(
      'api_key JWT … CHRONICLE_API_KEY hides ~/.methodic/credentials.yaml:1',
    )
    expect(stdout).not.toContain(token.slice(0, 12))
  })

  test('M5: CHRONICLE_ORGANIZATION_SLUG hides an id of the files; both in one place are refused', async () => {
    const { run, home, key, acme } = await atHome()
    await home.put({ [CREDENTIALS]: `api_key: ${key}\n`, [CONFIG]: `organization_id: ${acme}\n` })
    const env = { CHRONICLE_ORGANIZATION_SLUG: 'acme' }
    const { stdout } = await run('auth status', { env })
    expect(rowOf(stdout, 'organization_id')).toContain('not set')
    expect(rowOf(stdout, 'organization_slug')).toContain('acme CHRONICLE_ORGANIZATION_SLUG')
    const both = await run('auth status', { env: { ...env, CHRONICLE_ORGANIZATION_ID: acme } })
    expect(both.exit).toBe(2)
    expect(both.stderr).toContain('are both given, and name the same thing')
  })

  test('M6: CHRONICLE_CONFIG names the one file that counts', async () => {
    const { run, home, key } = await atHome()
    await home.put({ [CONFIG]: 'timeout: 12\n', 'one.yaml': `api_key: ${key}\ntimeout: 7\n` })
    const env = { CHRONICLE_CONFIG: `${home.path}/one.yaml` }
    const { exit, stdout } = await run('auth status', { env })
    expect(exit).toBe(0)
    expect(rowOf(stdout, 'timeout')).toBe('timeout 7 ~/one.yaml:2')
  })
})

/** No API anywhere: what is resolved stands there all the same. */
const OFFLINE = {
  fetch: () => Promise.reject(new TypeError('fetch failed')),
  wait: () => Promise.resolve(),
}
