import { expect, test } from 'vitest'
import type { FileRead } from '../../src/index.ts'
import { resolveSettings } from '../../src/index.ts'
import { autolab, chronary, chronicle } from '../../testing/brands.ts'
import type { MemoryPlace } from '../../testing/surroundings.ts'
import { surroundingsOf } from '../../testing/surroundings.ts'

const CONFIG = '/users/jane/.methodic/config.yaml'
const CREDENTIALS = '/users/jane/.methodic/credentials.yaml'
const PROFILES = '/users/jane/.config/chronary/config.json'
const HOSTS = '/users/jane/.config/autolab/credentials.json'
const SECRET = 'api_key: sk_user_1\n'

function resolved(place: MemoryPlace): {
  problems: string[]
  warnings: readonly string[]
  modes: Map<string, number>
} {
  const surroundings = surroundingsOf(place)
  const { problems, warnings } = resolveSettings(chronicle, { surroundings })
  const texts = problems.map(({ code, problem, fix }) => `${code}: ${problem}; ${fix}`)
  return { problems: texts, warnings, modes: surroundings.modes }
}

test.each([0o620, 0o602, 0o666, 0o664])(
  'a file with mode %o can be changed by others and is refused',
  (mode) => {
    const { problems } = resolved({ files: { [CREDENTIALS]: { text: SECRET, mode } } })
    expect(problems[0]).toContain(`unsafe_file: ${CREDENTIALS} can be changed by others`)
    expect(problems[0]).toContain(`chmod go-w ${CREDENTIALS}`)
  },
)

test('a secret that others could read is repaired with a warning, settings without a secret may be open', () => {
  const files = {
    [CREDENTIALS]: { text: SECRET, mode: 0o644 },
    [CONFIG]: { text: 'timeout: 5\n', mode: 0o644 },
  }
  const { problems, warnings, modes } = resolved({ files })
  expect(problems).toEqual([])
  expect(warnings).toEqual([
    `${CREDENTIALS} holds a secret and others could read it (mode 644); it is mode 600 now`,
  ])
  expect(modes).toEqual(
    new Map([
      [CREDENTIALS, 0o600],
      [CONFIG, 0o644],
    ]),
  )
})

test('a secret in a mounted file that cannot be repaired is used, with a warning', () => {
  const files = { [CREDENTIALS]: { text: SECRET, mode: 0o444, isReadOnly: true } }
  const { problems, warnings } = resolved({ files })
  expect(problems).toEqual([])
  expect(warnings[0]).toContain(`chmod 600 ${CREDENTIALS}`)
})

test('a brand can refuse a secret that others can read', () => {
  const text = '{"active":"https://a.example","hosts":{"https://a.example":{"token":"al_1"}}}'
  const surroundings = surroundingsOf({ files: { [HOSTS]: { text, mode: 0o640 } } })
  const { problems } = resolveSettings(autolab, { surroundings })
  expect(problems[0]).toMatchObject({ code: 'unsafe_file', fix: `run: chmod 600 ${HOSTS}` })
})

test('a file that is there and cannot be read stops, a folder that is closed does not', () => {
  const env = { CHRONICLE_API_KEY: 'sk_user_1' }
  const unreadable = { [CONFIG]: { found: 'unreadable', code: 'EACCES' } } as const
  expect(resolved({ env, files: unreadable }).problems[0]).toContain(`${CONFIG} cannot be read`)
  const closed = { [CONFIG]: { found: 'closed', code: 'EACCES' } } as const
  const { problems, warnings } = resolved({ env, files: closed })
  expect(problems).toEqual([])
  expect(warnings[0]).toContain('going on as if it did not exist')
})

test.each([
  [
    'api_key: a\napi_key: b\n',
    `${CREDENTIALS}:2 names a setting twice; delete one of the two lines`,
  ],
  ['- a\n', `${CREDENTIALS}:1 is not a map of settings`],
  ['api_ke', `${CREDENTIALS}:1 is not a map of settings; it may have been written in part only`],
])('%j stops with file, line and fix', (text, expected) => {
  expect(resolved({ files: { [CREDENTIALS]: text } }).problems[0]).toContain(expected)
})

test.each([
  ['api_key: [1]', 'api_key in FILE:1 must be a key or token as text, and is a list'],
  ['timeout: soon', "timeout in FILE:1 must be a number of seconds, not 'soon'"],
  ['max_upload_workers: 0', 'max_upload_workers in FILE:1 must be 1 or more, and is 0'],
  ['max_upload_workers: 2.5', "max_upload_workers in FILE:1 must be a whole number, and is '2.5'"],
  ['organization_id: {a: 1}', 'organization_id in FILE:1 must be text, and is something else'],
])('a value of the wrong type stops: %j', (line, expected) => {
  const [problem] = resolved({ files: { [CREDENTIALS]: line } }).problems.filter((each) =>
    each.startsWith('invalid_setting'),
  )
  expect(problem?.replace(CREDENTIALS, 'FILE')).toContain(expected)
})

test('a wrong value that something hides stops nothing, and is shown', () => {
  const surroundings = surroundingsOf({
    env: { CHRONICLE_API_KEY: 'sk_user_1', CHRONICLE_TIMEOUT: '5' },
    files: { [CONFIG]: 'timeout: soon\ntiemout: 3\norganization_id: 0123\n' },
  })
  const { problems, warnings, settings } = resolveSettings(chronicle, { surroundings })
  expect(problems).toEqual([])
  expect(warnings).toEqual([`${CONFIG}:2: Chronicle has no setting 'tiemout'`])
  const by = Object.fromEntries(settings.map((each) => [each.setting.name, each]))
  expect(by['timeout']?.shadowed[0]?.problem).toContain('must be a number of seconds')
  expect(by['organization_id']?.winner?.value).toBe('0123')
})

test('without the package yaml a YAML file stops and says what to install', () => {
  const { problems } = resolved({ hasYaml: false, files: { [CREDENTIALS]: SECRET } })
  expect(problems[0]).toContain("install the package 'yaml'")
})

test('on macOS the folder is that of Linux', () => {
  const surroundings = surroundingsOf({ platform: 'darwin' })
  expect(resolveSettings(chronary, { surroundings }).files).toEqual([
    { path: PROFILES, exists: false },
  ])
})

test('on Windows the folder is in %APPDATA% and modes say nothing', () => {
  const path = 'C:\\Users\\jane\\AppData\\chronary\\config.json'
  const read = (): FileRead => ({
    found: 'text',
    text: '{"profiles":{"default":{"api_key":"chr_sk_1"}}}',
    mode: null,
  })
  const base = surroundingsOf({ platform: 'win32', env: { APPDATA: 'C:\\Users\\jane\\AppData' } })
  const files = { ...base.files, read, makeOwnerOnly: () => false, loadYaml: () => undefined }
  const resolution = resolveSettings(chronary, { surroundings: { ...base, files } })
  expect(resolution.problems).toEqual([])
  expect(resolution.files).toEqual([{ path, exists: true }])
})

test.each([
  [{ XDG_CONFIG_HOME: '/xdg' }, '/xdg/chronary/config.json'],
  [{ XDG_CONFIG_HOME: 'relative' }, PROFILES],
  [{ XDG_CONFIG_HOME: '' }, PROFILES],
  [{ CHRONARY_CONFIG_DIR: '' }, PROFILES],
  [{ CHRONARY_CONFIG_DIR: '/chosen', XDG_CONFIG_HOME: '/xdg' }, '/chosen/config.json'],
])('%j puts the file at %s', (env, path) => {
  const { files } = resolveSettings(chronary, { surroundings: surroundingsOf({ env }) })
  expect(files).toEqual([{ path, exists: false }])
})
