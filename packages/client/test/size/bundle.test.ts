import { execFile, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { openSealer } from '../../src/index.ts'
import { inTurn, json, serve } from '../../testing/server.ts'
import { surroundingsOf } from '../../testing/surroundings.ts'
import { bundle, bundleFolder } from './bundle.ts'
import { brand } from './sealed-brand.ts'

const SIZE_MAX = 15_000
const KEY = 'acme_sk_7hQpZr3TnYx2LcVb7HsKdM'
rememberSecret(KEY)
const STORE_KEY = randomBytes(32).toString('base64url')
rememberSecret(STORE_KEY)

const folder = bundleFolder()
const program = join(folder.path, 'program.mjs')
const sealedProgram = join(folder.path, 'sealed-program.mjs')
let code = ''
let sealedCode = ''

beforeAll(async () => {
  code = await bundle('program.ts', program)
  sealedCode = await bundle('sealed-program.ts', sealedProgram)
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

async function run(
  node: string,
  { path = program, stored = KEY } = {},
): Promise<{ stdout: string; paths: string[] }> {
  const server = await serve(
    inTurn(
      json(200, { data: [{ id: 'agt_1' }], next_cursor: 'c1' }),
      json(200, { data: [{ id: 'agt_2' }], next_cursor: null }),
    ),
  )
  const home = join(folder.path, 'home', versionOf(node))
  mkdirSync(join(home, '.acme'), { recursive: true })
  writeFileSync(join(home, '.acme', 'credentials.yaml'), `api_key: ${stored}\n`, { mode: 0o600 })
  const env = { HOME: home, ACME_SERVER_URL: server.url, ACME_STORE_KEY: STORE_KEY }
  const { stdout } = await promisify(execFile)(node, [path], { env })
  const authorized = server.asked.filter(({ headers }) => headers.authorization === `Bearer ${KEY}`)
  return { stdout, paths: authorized.map(({ url }) => url) }
}

const RAN = { stdout: 'agt_1\nagt_2\n', paths: ['/v1/agents', '/v1/agents?cursor=c1'] }

test('a program with fromEnv and one call is under 15 kB, minified and gzipped, without yaml', () => {
  expect(gzipSync(code).length).toBeLessThan(SIZE_MAX)
})

test('only a program whose brand seals has the code that asks keychains', () => {
  expect([code, sealedCode].map((text) => text.includes('secret-tool'))).toEqual([false, true])
})

test('the bundle asks for no module before it needs one, so browsers can load it', () => {
  for (const each of [code, sealedCode]) expect(each).not.toMatch(/(^|[;}\s])import\s*[{*"'\w]/)
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

describe('a program whose brand seals', () => {
  const sealed = () => {
    const surroundings = surroundingsOf({ env: { ACME_STORE_KEY: STORE_KEY } })
    const sealer = openSealer('encrypted-file', { brand, surroundings })
    if (!sealer.ok) throw new Error(sealer.trouble.why)
    return { path: sealedProgram, stored: sealer.seal(KEY, { section: undefined }) }
  }

  test('opens the credential on the Node of the repository', async () => {
    expect(await run(process.execPath, sealed())).toEqual(RAN)
  })

  test.skipIf(!versionOf(MACHINE_NODE).startsWith('v20.'))(
    'opens the credential on Node 20, where the machine has one',
    async () => {
      expect(await run(MACHINE_NODE, sealed())).toEqual(RAN)
    },
  )
})
