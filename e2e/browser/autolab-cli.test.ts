// The documentation of the example autolab from top to bottom, as its owner follows it: `autolab` as `npm link` gives it, a
// real browser for the login, a second machine that works with a token of its own.

import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { makeFolder } from '../testing/make-folder.ts'
import type { RunningProcess } from '../testing/start-process.ts'
import { startProcess } from '../testing/start-process.ts'
import { isBrowserWanted, useBrowser } from './open-browser.ts'
import { headingOf, signInHere } from './people.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const EXAMPLE = join(ROOT, 'examples', 'autolab')
const BIN = join(EXAMPLE, 'bin', 'autolab')
const PATH = [join(EXAMPLE, 'bin'), process.env['PATH'] ?? ''].join(delimiter)
const LISTENING = /^autolab listening on (\S+)$/
const PASSWORD = /^owner sign-in: alice@autolab\.example, password \(shown once\): (\S+)$/

async function openControlNode() {
  const dataDir = join(makeFolder(), 'data')
  const server = startProcess({
    name: 'autolab',
    args: [join(EXAMPLE, 'server.ts')],
    cwd: ROOT,
    env: { DATA_DIR: dataDir },
  })
  const url = LISTENING.exec(await server.line(LISTENING))?.[1] ?? ''
  const password = PASSWORD.exec(await server.line(PASSWORD))?.[1] ?? ''
  return { url, password }
}

/** A machine with a home folder of its own and a shell. */
class Machine {
  readonly home = join(makeFolder(), 'home')
  readonly #url: string

  constructor(url: string) {
    this.#url = url
    mkdirSync(this.home)
  }

  get env(): Record<string, string> {
    return { PATH, HOME: this.home, AUTOLAB_SERVER_URL: this.#url }
  }

  /** What a line of shell prints on stdout. Rejects when it fails. */
  sh(line: string): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile('sh', ['-c', line], { env: this.env, cwd: this.home }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout)
        else reject(new Error(`${line}: ${stderr}`))
      })
    })
  }

  start(...args: string[]): RunningProcess {
    return startProcess({ name: 'autolab-cli', command: BIN, args, cwd: this.home, env: this.env })
  }
}

/** The first line of talk that matches, now or later. */
async function said({ stderr }: RunningProcess, pattern: RegExp): Promise<string> {
  const find = () => stderr.find((line) => pattern.test(line))
  await expect.poll(find, { timeout: 60_000 }).toBeDefined()
  return find() ?? ''
}

async function letIn(page: Page, url: string, password: string): Promise<void> {
  await page.goto(url)
  await signInHere(page, 'alice@autolab.example', password)
  expect(await headingOf(page)).toBe('Let AutoLab CLI in?')
  await page.getByRole('button', { name: 'Let it in' }).click()
}

describe.runIf(isBrowserWanted)('autolab in a terminal', () => {
  const browser = useBrowser()

  test('A1, A2, A4, A5: the documentation can be followed from the login to a node that is cut off', async () => {
    const { url, password } = await openControlNode()
    const laptop = new Machine(url)
    const login = laptop.start('login', '--web', '--no-browser')
    const address = await said(login, /^http\S+\/oauth\/authorize\?/)
    await letIn(await browser.page(), address, password)
    expect((await login.ended).code).toBe(0)
    expect(login.stderr).toContain(`Logged in as Alice (${url}).`)
    const file = join(laptop.home, '.config', 'autolab', 'credentials.json')
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600')
    const token = (await laptop.sh('autolab token')).trim()
    rememberSecret(token)
    expect(readFileSync(file, 'utf8')).toContain(token)
    expect(await laptop.sh('autolab whoami')).toBe(`${url}  Alice <alice@autolab.example>\n`)

    const shown = await laptop.sh('TOK=$(autolab token create --name gpu-box); printf "%s" "$TOK"')
    rememberSecret(shown)
    expect(shown).toMatch(/^al_[0-9A-Za-z]{36}$/)
    const gpubox = new Machine(url)
    const serving = startProcess({
      name: 'autolab-node',
      command: BIN,
      args: ['serve', '--project', 'alice/nanochat'],
      cwd: gpubox.home,
      env: { ...gpubox.env, AUTOLAB_TOKEN: shown },
    })
    await serving.line(/^node_\w+$/)
    serving.signal('SIGINT')
    expect((await serving.ended).code).toBe(130)
    expect(existsSync(join(gpubox.home, '.config'))).toBe(false)

    expect(await laptop.sh('autolab token ls')).toMatch(/^key_\w+ +gpu-box +al_/m)
    await laptop.sh('autolab token revoke gpu-box')
    const again = gpubox.sh(`AUTOLAB_TOKEN=${shown} autolab serve --project alice/nanochat`)
    await expect(again).rejects.toThrow(/key_revoked/)
    await laptop.sh('autolab logout')
    await expect(laptop.sh('autolab whoami')).rejects.toThrow('You are not logged in.')
  })
})
