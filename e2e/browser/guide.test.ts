// The guides to a CLI and an SDK from top to bottom, with the files that are printed there: the server, a browser that signs
// up and lets the command line in, its own command, a program with the SDK, a token for another machine.

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { freePort } from 'keywright'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { startProcess } from '../testing/start-process.ts'
import { isBrowserWanted, useBrowser } from './open-browser.ts'
import { mailIn } from './open-site.ts'
import { signInHere, signUp } from './people.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const EMAIL = 'ada@acme.example'
const KEY = /^acme_user_\w{36}$/

/** The files of the guides, in a folder of this repository, where the packages are found. */
function writeFiles(port: number): string {
  mkdirSync(join(ROOT, '.data'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, '.data', 'guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const page of ['sdk.md', 'cli.md']) {
    const text = readFileSync(join(ROOT, 'docs', 'guide', page), 'utf8')
    for (const [, code = '', name = ''] of text.matchAll(
      /^```ts\n((?:#![^\n]*\n)?\/\/ ([\w/-]+\.ts)\n.*?)^```$/gms,
    )) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), code.replaceAll('4800', String(port)))
    }
  }
  return folder
}

/** A home folder, and programs that run there. */
function openHome(folder: string) {
  const home = join(folder, 'home')
  mkdirSync(home, { recursive: true })
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, NO_COLOR: '1' }
  const run = (...args: string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout)
        else reject(new Error(`${args.join(' ')}: ${stderr}`))
      })
    })
  return { env, run }
}

describe.runIf(isBrowserWanted)('the guides to a CLI and an SDK', () => {
  const browser = useBrowser()

  test('their files are a product whose command line and programs work', async () => {
    const port = await freePort('127.0.0.1')
    const url = `http://localhost:${port}`
    const folder = writeFiles(port)
    const server = startProcess({ name: 'guide', args: ['server.ts'], cwd: folder })
    await server.line(/^sign up: /)
    const page = await browser.page()
    await signUp({ url, mailed: mailIn(join(folder, 'outbox'), url) }, page, EMAIL)

    const { env, run } = openHome(folder)
    await expect(run('program.ts')).rejects.toThrow("run 'acme login'")
    const login = startProcess({
      name: 'acme login',
      args: ['cli.ts', 'login', '--web', '--no-browser'],
      cwd: folder,
      env,
    })
    const address = (): string => login.stderr.find((line) => line.startsWith(url)) ?? ''
    await expect.poll(address, { timeout: 60_000 }).not.toBe('')
    await page.goto(address())
    await signInHere(page, EMAIL)
    await page.getByRole('button', { name: 'Let it in' }).click()
    expect((await login.ended).code).toBe(0)
    rememberSecret((await run('cli.ts', 'token')).trim())

    expect(await run('cli.ts', 'agents', 'list')).toBe('agt_1  scraper\n')
    expect(await run('program.ts')).toBe('scraper\ncrawler\n')
    const token = (await run('cli.ts', 'token', 'create', '--name', 'ci')).trim()
    expect(token).toMatch(KEY)
    rememberSecret(token)
    await run('cli.ts', 'token', 'revoke', 'ci', '--yes')
    expect(await run('cli.ts', 'whoami')).toContain(EMAIL)
    await run('cli.ts', 'logout')
    await expect(run('cli.ts', 'agents', 'list')).rejects.toThrow('You are not logged in.')
  })
})
