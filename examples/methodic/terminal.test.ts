// The documentation from top to bottom, as a person follows it: the server on its first start, `methodic auth login` at
// a real terminal, programs that know nothing but what the login left, keys that are made and revoked.

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { HAS_TERMINAL, Home, openTerminal } from '@keywright/cli-kit/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { keepSink, openSink, rememberSecret } from '../../tools/canary/registry.ts'
import { startProcess } from '../../tools/run/start-process.ts'

const BIN = join(import.meta.dirname, 'bin', 'methodic')
const CLIENT = pathToFileURL(join(import.meta.dirname, 'client.ts')).href
const PROMPT = 'Credential (API key or JWT, input hidden): '
const IMPORT = `import { AuthenticationError, Chronicle } from '@keywright/example-methodic'`
const SHOWN = /^researcher JWT \(valid 1 h\): (\S+)$/

/** A server on its first start, and a home folder where nothing is. */
async function begin() {
  const folder = mkdtempSync(join(tmpdir(), 'methodic-'))
  onTestFinished(() => {
    // It holds the issuer's own key and client, which are no credentials of the API.
    rmSync(join(folder, 'issuer.json'), { force: true })
    keepSink(folder)
    rmSync(folder, { recursive: true })
  })
  const server = await startProcess([join(import.meta.dirname, 'server.ts')], { DATA_DIR: folder })
  const jwt = SHOWN.exec(server.lines[0] ?? '')?.[1] ?? ''
  rememberSecret(jwt)
  const home = new Home()
  // As `npm link` does it.
  symlinkSync(BIN, join(home.path, 'methodic'))
  return { url: server.url, jwt, home }
}

type Begun = Awaited<ReturnType<typeof begin>>

/** `methodic auth login` at a terminal. @returns all that was on the screen */
async function login({ home, url }: Begun, secret: string, organization: string): Promise<string> {
  const env = { HOME: home.path, PATH: `${home.path}:${process.env['PATH'] ?? ''}` }
  const terminal = openTerminal(`methodic auth login --server-url ${url}`, env)
  await terminal.sees(PROMPT)
  terminal.type(`${secret}\r`)
  await terminal.sees('Enter to keep current): ')
  terminal.type(`${organization}\r`)
  const screen = await terminal.ended()
  writeFileSync(openSink('methodic-terminal'), screen)
  return screen.replaceAll('\r\n', '\n')
}

/** The first program of the README in which this stands. */
function documented(part: string): string {
  const page = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  const programs = page.split('```ts\n').map((text) => text.split('```')[0] ?? '')
  return programs.slice(1).find((text) => text.includes(part)) ?? ''
}

/** What a program of that text prints, on a machine where nothing but the login is. */
async function program({ home }: Begun, text: string): Promise<string> {
  const path = join(home.path, 'program.ts')
  writeFileSync(path, text.replace('@keywright/example-methodic', CLIENT))
  const env = { PATH: process.env['PATH'] ?? '', HOME: home.path }
  const { stdout } = await promisify(execFile)(process.execPath, [path], { env })
  return stdout.trim()
}

describe.skipIf(!HAS_TERMINAL)('at a terminal', () => {
  test(
    'M7, M10, M12, M14, M16: the documentation can be followed from the first start to a revoked key',
    { timeout: 120_000 },
    async () => {
      const begun = await begin()
      const { url, jwt, home } = begun

      const screen = await login(begun, jwt, '1')
      const id = home.read('.methodic/config.yaml').match(/organization_id: (org_\w+)/)?.[1] ?? ''
      expect(screen).toBe(
        [
          PROMPT,
          'Organizations you belong to:',
          '1. acme — Acme Research',
          'Default organization (number or slug; Enter to keep current): 1',
          `Logged in as Jane Doe (${url}).`,
          'Wrote ~/.methodic/credentials.yaml (chmod 600).',
          `Default organization: ${id.slice(4, 8)}… (recorded in ~/.methodic/config.yaml).`,
          '',
        ].join('\n'),
      )
      expect(home.read('.methodic/credentials.yaml')).toBe(`api_key: ${jwt}\n`)

      expect(await program(begun, documented('Chronicle.fromEnv()'))).toBe('Learning rates\nMine')

      // The JWT makes a key that may do less, and the next login puts it in the JWT's place.
      const [key = '', keyId = ''] = (
        await program(
          begun,
          `${IMPORT}
           const chronicle = Chronicle.fromEnv()
           ${documented('apiKeys.create')}
           console.log(made.id)`,
        )
      ).split('\n')
      rememberSecret(key)
      const settings = home.read('.methodic/config.yaml')
      expect(await login(begun, key, '')).toContain(`Logged in as Jane Doe (${url}).`)
      expect(home.read('.methodic/credentials.yaml')).toBe(`api_key: ${key}\n`)
      expect(home.read('.methodic/config.yaml')).toBe(settings)

      const made = await program(
        begun,
        `${IMPORT}
         const { organization_id } = await Chronicle.fromEnv().experiments.create('Learning rates')
         console.log(organization_id)`,
      )
      expect(made).toBe(id)

      const refused = await program(
        begun,
        `${IMPORT}
         const chronicle = Chronicle.fromEnv()
         await chronicle.apiKeys.revoke('${keyId}')
         await chronicle.experiments.list().catch((error) =>
           console.log(error instanceof AuthenticationError, error.status, error.code))`,
      )
      expect(refused).toBe('true 401 key_revoked')
    },
  )
})
