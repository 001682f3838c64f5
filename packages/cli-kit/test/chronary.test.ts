// Profiles in one file, the key as a flag, and which of all these counts.

import { describe, expect, test } from 'vitest'
import { CHRONARY } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const WORK = newSecret('chr_sk')
const PROD = newSecret('chr_sk')
const FLAG = newSecret('chr_ak')
const FILE = '.config/chronary/config.json'

async function atHome() {
  const product = await startProduct([WORK, PROD, FLAG])
  return { home: new Home(), product, env: { CHRONARY_BASE_URL: product.url } }
}

async function withTwoProfiles() {
  const given = await atHome()
  const { home, env } = given
  await home.play(CHRONARY, { args: ['auth', 'login'], env, typed: `${WORK}\r` })
  const args = ['auth', 'login', '--profile', 'production']
  await home.play(CHRONARY, { args, env, typed: `${PROD}\r` })
  return given
}

test('auth login asks, checks, and stores a profile in an owner-only file', async () => {
  const { home, product, env } = await atHome()
  const { exit, stdout, stderr } = await home.play(CHRONARY, {
    args: ['auth', 'login', '--profile', 'production'],
    env,
    typed: `${PROD}\r`,
  })
  expect({ exit, stdout }).toEqual({ exit: 0, stdout: '' })
  expect(stderr).toBe(
    `Credential (input hidden): \nLogged in as Jane Doe (${product.url}).\nWrote ~/${FILE} (chmod 600).\n`,
  )
  expect(home.files()).toEqual([`600 ${FILE}`])
  expect(JSON.parse(home.read(FILE))).toEqual({
    active: 'production',
    profiles: { production: { api_key: PROD, base_url: product.url } },
  })
})

describe('complaint 5: accounts are listed and switched', () => {
  test('a login to another profile says that it does not count yet, and how it would', async () => {
    const { home, env } = await withTwoProfiles()
    const args = ['auth', 'login', '--profile', 'third']
    const { stderr } = await home.play(CHRONARY, { args, env, typed: `${FLAG}\r` })
    expect(stderr).toContain(
      'The login default still counts here; `chronary auth switch` changes that.',
    )
  })

  test('auth list shows each profile masked, and which one counts', async () => {
    const { home, env, product } = await withTwoProfiles()
    const { stdout } = await home.play(CHRONARY, { args: ['auth', 'list'], env })
    expect(stdout).toBe(
      [
        `*  default     ${WORK.slice(0, 11)}…  ${product.url}`,
        `   production  ${PROD.slice(0, 11)}…  ${product.url}`,
        '',
      ].join('\n'),
    )
  })

  test('auth switch changes what counts; a profile that is not there is told with those that are', async () => {
    const { home, env } = await withTwoProfiles()
    const switched = await home.play(CHRONARY, { args: ['auth', 'switch', 'production'], env })
    expect(switched).toEqual({ exit: 0, stdout: '', stderr: 'Switched to production.\n' })
    expect(JSON.parse(home.read(FILE))).toMatchObject({ active: 'production' })
    const missing = await home.play(CHRONARY, { args: ['auth', 'switch', 'nobody'], env })
    expect(missing.exit).toBe(6)
    expect(missing.stderr).toContain('There are default, production.')
  })
})

test('complaint 4: a profile variable decides for its own shell and leaves the file alone', async () => {
  const { home, env } = await withTwoProfiles()
  const before = home.read(FILE)
  const args = ['auth', 'status', '--json']
  const { stdout } = await home.play(CHRONARY, {
    args,
    env: { ...env, CHRONARY_PROFILE: 'production' },
  })
  expect(JSON.parse(stdout)).toMatchObject({ profile: 'production' })
  expect(home.read(FILE)).toBe(before)
})

test.each([
  {
    place: 'the flag',
    flag: ['--api-key', FLAG],
    variable: WORK,
    key: FLAG,
    source: '--api-key',
  },
  { place: 'the variable', flag: [], variable: FLAG, key: FLAG, source: 'CHRONARY_API_KEY' },
  { place: 'the profile', flag: [], variable: '', key: WORK, source: `~/${FILE}:5 (default)` },
])('the key is that of the flag, the variable, the profile: $place', async (given) => {
  const { flag, variable, key, source } = given
  const { home, env } = await withTwoProfiles()
  const { stdout, exit } = await home.play(CHRONARY, {
    args: [...flag, 'auth', 'status', '--json'],
    env: { ...env, CHRONARY_API_KEY: variable },
  })
  const { settings } = JSON.parse(stdout) as {
    settings: { setting: string; value: string; source: string }[]
  }
  expect(exit).toBe(0)
  expect(settings.find(({ setting }) => setting === 'api_key')).toMatchObject({
    value: `${key.slice(0, 11)}…`,
    source,
  })
})

test('complaint 2: a login that a variable hides says so, and how to unset it', async () => {
  const { home, env } = await atHome()
  const { exit, stderr } = await home.play(CHRONARY, {
    args: ['auth', 'login'],
    env: { ...env, CHRONARY_API_KEY: WORK },
    typed: `${PROD}\r`,
  })
  expect(exit).toBe(0)
  expect(stderr).toContain('CHRONARY_API_KEY is set and counts before this login')
  expect(stderr).toContain('unset CHRONARY_API_KEY')
})

test('complaint 2: auth why shows every place, the one that counts first', async () => {
  const { home, env } = await withTwoProfiles()
  const { stdout } = await home.play(CHRONARY, {
    args: ['auth', 'why', 'api_key'],
    env: { ...env, CHRONARY_API_KEY: FLAG },
  })
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    'api_key',
    `  ${FLAG.slice(0, 11)}…  from CHRONARY_API_KEY`,
    `  (${WORK.slice(0, 11)}…  in ~/${FILE}:5 (default) does not count)`,
  ])
})

test('an environment that counts does not block a login, and status lists what it hides', async () => {
  const { home, env } = await atHome()
  const both = { ...env, CHRONARY_API_KEY: FLAG }
  const login = await home.play(CHRONARY, {
    args: ['auth', 'login'],
    env: both,
    typed: `${WORK}\r`,
  })
  expect(login.exit).toBe(0)
  const args = ['auth', 'status', '--offline']
  const { stdout } = await home.play(CHRONARY, { args, env: both })
  expect(stdout).toMatch(
    new RegExp(`^api_key .* CHRONARY_API_KEY +hides ~/${FILE}:\\d+ \\(default\\)$`, 'm'),
  )
})

test('auth logout --all takes every login away and no setting, and nothing is asked where nothing is stored', async () => {
  const { home, env } = await withTwoProfiles()
  await home.play(CHRONARY, { args: ['config', 'set', 'base_url', 'https://a.example'], env })
  const all = await home.play(CHRONARY, { args: ['auth', 'logout', '--all'], env })
  expect(all.exit).toBe(0)
  for (const key of [WORK, PROD]) expect(home.read(FILE)).not.toContain(key)
  const again = await home.play(CHRONARY, { args: ['auth', 'logout', '--all'], env })
  expect(again).toEqual({ exit: 0, stdout: '', stderr: 'No login is stored; nothing to do.\n' })
})

test('auth logout takes the credential away, keeps the other profile, and says that it still counts at the server', async () => {
  const { home, env } = await withTwoProfiles()
  const { exit, stderr } = await home.play(CHRONARY, { args: ['auth', 'logout'], env })
  expect(exit).toBe(0)
  expect(stderr).toContain('Removed the login default.')
  expect(stderr).toContain('has no way to end it: the credential still counts there')
  expect(Object.keys((JSON.parse(home.read(FILE)) as { profiles: object }).profiles)).toEqual([
    'production',
  ])
})

test('auth logout says which login counts from then on, and that a profile has none', async () => {
  const { home, env } = await withTwoProfiles()
  await home.play(CHRONARY, { args: ['auth', 'switch', 'production'], env })
  const left = await home.play(CHRONARY, { args: ['auth', 'logout'], env })
  expect(left.stderr).toMatch(/^Removed the login production\.\n/)
  expect(left.stderr).toMatch(/^The login default counts now\.$/m)
  const again = await home.play(CHRONARY, {
    args: ['auth', 'logout', '--profile', 'production'],
    env,
  })
  expect(again).toEqual({
    exit: 0,
    stdout: '',
    stderr: 'No login called production is stored; nothing to do.\n',
  })
})

test('a stored login in a file that is broken is told as that, with one way out', async () => {
  const { home, env } = await withTwoProfiles()
  await home.put({ [FILE]: home.read(FILE).slice(0, 60) })
  const { exit, stderr } = await home.play(CHRONARY, { args: ['auth', 'status'], env })
  expect(exit).toBe(1)
  expect(stderr).toContain('ends in the middle')
  expect(stderr).toContain('move it away and log in again')
  expect(stderr).not.toContain('You are not logged in')
})

describe('complaint 18', () => {
  test('XDG_CONFIG_HOME is where the file goes', async () => {
    const { home, env } = await atHome()
    const given = { ...env, XDG_CONFIG_HOME: `${home.path}/elsewhere` }
    await home.play(CHRONARY, { args: ['auth', 'login'], env: given, typed: `${WORK}\r` })
    expect(home.files()).toEqual(['600 elsewhere/chronary/config.json'])
  })

  test('CHRONARY_CONFIG_DIR comes before it', async () => {
    const { home, env } = await atHome()
    const given = {
      ...env,
      XDG_CONFIG_HOME: `${home.path}/x`,
      CHRONARY_CONFIG_DIR: `${home.path}/mine`,
    }
    await home.play(CHRONARY, { args: ['auth', 'login'], env: given, typed: `${WORK}\r` })
    expect(home.files()).toEqual(['600 mine/config.json'])
  })
})

describe('complaint 17: a file that others can read', () => {
  test('is closed when it is read, and that is said', async () => {
    const { home, env } = await withTwoProfiles()
    await home.put({ [FILE]: { text: home.read(FILE), mode: 0o644 } })
    const { chmod } = await import('node:fs/promises')
    await chmod(`${home.path}/${FILE}`, 0o644)
    const { exit, stderr } = await home.play(CHRONARY, { args: ['auth', 'status'], env })
    expect(exit).toBe(0)
    expect(stderr).toContain('others could read it (mode 644); it is mode 600 now')
    expect(home.modeOf(FILE)).toBe('600')
  })

  test('is found and mended by auth doctor --fix', async () => {
    const { home, env } = await withTwoProfiles()
    const { chmod } = await import('node:fs/promises')
    await chmod(`${home.path}/${FILE}`, 0o640)
    await chmod(`${home.path}/.config/chronary`, 0o755)
    const found = await home.play(CHRONARY, { args: ['auth', 'doctor', '--fix'], env })
    expect(found.exit).toBe(0)
    expect(found.stdout.split('\n').filter((line) => line.startsWith('fixed'))).toHaveLength(2)
    const clean = await home.play(CHRONARY, { args: ['auth', 'doctor'], env })
    expect(clean).toEqual({ exit: 0, stdout: '', stderr: 'Nothing is wrong.\n' })
  })
})
