import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { inTurn, json, serve } from '../../testing/server.ts'
import { bundle, bundleFolder } from './bundle.ts'

const SIZE_MAX = 15_000
const KEY = 'acme_sk_7hQpZr3TnYx2LcVb7HsKdM'
rememberSecret(KEY)

const folder = bundleFolder()
const program = join(folder.path, 'program.mjs')
let code = ''

beforeAll(async () => {
  code = await bundle('program.ts', program)
})
afterAll(folder.remove)

/** The Node that the machine has itself; ours comes with the repository. */
const MACHINE_NODE = '/usr/bin/node'

function versionOf(node: string): string {
  try {
    return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  } catch {
    return 'none'
  }
}

async function run(node: string): Promise<{ stdout: string; paths: string[] }> {
  const server = await serve(
    inTurn(
      json(200, { data: [{ id: 'agt_1' }], next_cursor: 'c1' }),
      json(200, { data: [{ id: 'agt_2' }], next_cursor: null }),
    ),
  )
  const home = join(folder.path, 'home', versionOf(node))
  mkdirSync(join(home, '.acme'), { recursive: true })
  writeFileSync(join(home, '.acme', 'credentials.yaml'), `api_key: ${KEY}\n`, { mode: 0o600 })
  const env = { HOME: home, ACME_SERVER_URL: server.url }
  const { stdout } = await promisify(execFile)(node, [program], { env })
  const authorized = server.asked.filter(({ headers }) => headers.authorization === `Bearer ${KEY}`)
  return { stdout, paths: authorized.map(({ url }) => url) }
}

const RAN = { stdout: 'agt_1\nagt_2\n', paths: ['/v1/agents', '/v1/agents?cursor=c1'] }

test('a program with fromEnv and one call is under 15 kB, minified and gzipped, without yaml', () => {
  expect(gzipSync(code).length).toBeLessThan(SIZE_MAX)
})

test('the bundle asks for no module before it needs one, so browsers can load it', () => {
  expect(code).not.toMatch(/(^|[;}\s])import\s*[{*"'\w]/)
})

test('the bundle runs on the Node of the repository', async () => {
  expect(await run(process.execPath)).toEqual(RAN)
})

test.skipIf(!versionOf(MACHINE_NODE).startsWith('v20.'))(
  'the bundle runs on Node 20, where the machine has one',
  async () => {
    expect(await run(MACHINE_NODE)).toEqual(RAN)
  },
)
