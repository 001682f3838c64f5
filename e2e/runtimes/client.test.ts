// One program, told to do the same everywhere that the client says it runs.

import { execFile, spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { isBrowserWanted, useBrowser } from '../browser/open-browser.ts'
import { bundle } from './bundle.ts'
import { DENO, NODE_20, type Runtime, RUNTIMES } from './runtimes.ts'
import { findNobody, startPage, startStoryApi } from './story-api.ts'
import { OVER_HTTP, WITH_FILES } from './told.ts'

const KEY = 'acme_user_7hQpZr3TnYx2LcVb7HsKdM'
const STORED = 'acme_user_Qm4Wt9BzRk6VnXc2JfHd8p'
for (const secret of [KEY, STORED]) rememberSecret(secret)

const folder = mkdtempSync(join(tmpdir(), 'runtimes-'))
const program = join(folder, 'program.mjs')
const page = join(folder, 'page.mjs')

beforeAll(async () => {
  await bundle('program.ts', program)
  await bundle('page.ts', page)
  // As an installed program finds it.
  const yaml = dirname(createRequire(import.meta.url).resolve('yaml/package.json'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(yaml, join(folder, 'node_modules', 'yaml'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A person's home, with what the products of the story keep in it. */
function makeHome(name: string, serverUrl: string): string {
  const home = join(folder, name.replaceAll(' ', '-'))
  const write = (path: string, text: string, mode: number): void => {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), text)
    // Whatever the umask is.
    chmodSync(join(home, path), mode)
  }
  const config = `# by hand\nmax_upload_workers: 3\nserver_url: ${serverUrl}\n`
  write('.birch/config.yaml', config, 0o644)
  write('.birch/credentials.yaml', `api_key: ${STORED}\n`, 0o644)
  const profile = { api_key: STORED, server_url: serverUrl }
  const profiles = { default: profile, other: { ...profile, max_upload_workers: 7 } }
  write('.config/cedar/config.json', JSON.stringify({ profiles }), 0o600)
  write('.config/dogwood/config.json', JSON.stringify({ profiles }), 0o666)
  return home
}

interface Told {
  readonly stdout: string
  readonly stderr: string
}

/** Runs the story, and says what it told with addresses and home put in words. */
async function tell({ path, args }: Runtime, words: readonly string[], name: string) {
  const [url, nobody] = await Promise.all([startStoryApi(KEY), findNobody()])
  const home = makeHome(name, url)
  // Deno keeps what it compiled, which is nobody's business here.
  const env = { HOME: home, DENO_DIR: join(folder, 'deno'), BIRCH_MAX_UPLOAD_WORKERS: '4' }
  const { stdout, stderr } = await new Promise<Told>((resolve, reject) => {
    const all = [...args, program, ...words]
    const child = execFile(path, all, { env }, (error, out, err) =>
      error === null ? resolve({ stdout: out, stderr: err }) : reject(error),
    )
    child.stdin?.end(JSON.stringify({ serverUrl: url, apiKey: KEY, nobody }))
  })
  for (const secret of [KEY, STORED]) expect(stdout + stderr).not.toContain(secret)
  const told = stdout
    .replaceAll(url, 'http://api')
    .replaceAll(nobody, 'http://nobody')
    .replaceAll(home, '~')
  return { told, printed: stderr, home }
}

describe.each(RUNTIMES)('$name', (runtime) => {
  test.skipIf(!runtime.isWanted)(
    'the client finds its settings, calls, fails and keeps secrets as on every runtime',
    async () => {
      const { told, printed, home } = await tell(runtime, ['files'], runtime.name)
      expect(told).toBe(OVER_HTTP + WITH_FILES)
      expect(printed).toMatch(/^Secret\(acme…\)\n/)
      expect(statSync(join(home, '.birch/credentials.yaml')).mode & 0o777).toBe(0o600)
    },
  )
})

test.skipIf(!NODE_20.isWanted)('on Node 20 the command says which Node it needs', () => {
  const command = fileURLToPath(new URL('../bin/keywright.js', import.meta.resolve('keywright')))
  const { stdout, stderr, status } = spawnSync(NODE_20.path, [command, 'login'], {
    encoding: 'utf8',
  })
  expect([stdout, stderr, status]).toEqual([
    '',
    'keywright: This is Node 20.16.0.\nIt needs 24 or later.\n',
    1,
  ])
})

test.skipIf(!DENO.isWanted)('in Deno the client needs nothing but the network', async () => {
  const { told } = await tell({ ...DENO, args: ['run', '--no-prompt', '--allow-net'] }, [], 'bare')
  expect(told).toBe(OVER_HTTP)
})

describe.skipIf(!isBrowserWanted)('in Chromium', () => {
  const browser = useBrowser()

  test('the client calls an API of another origin from a page, by its options alone', async () => {
    const url = await startStoryApi(KEY)
    const opened = await browser.page()
    await opened.goto(await startPage(readFileSync(page, 'utf8')))
    const lines = await opened.evaluate((place) => globalThis.tellStory(place), {
      serverUrl: url,
      apiKey: KEY,
    })
    expect(lines.map((line) => `${line}\n`.replaceAll(url, 'http://api')).join('')).toBe(OVER_HTTP)
  })
})
