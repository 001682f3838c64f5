// The command `keywright` against a server of its own where people sign in: a real browser lets it in, it works with
// the person's keys, and logging out ends what it had.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder } from '../testing/make-folder.ts'
import type { RunningProcess } from '../testing/start-process.ts'
import { startProcess } from '../testing/start-process.ts'
import { isBrowserWanted, useBrowser } from './open-browser.ts'
import type { Site } from './open-site.ts'
import { openSite } from './open-site.ts'
import { headingOf, signInHere, signUp } from './people.ts'

const BIN = join(import.meta.dirname, '..', '..', 'packages', 'keywright', 'src', 'bin.ts')
const EMAIL = 'ann@lab.example'

/** Somebody's machine, where the server is called as `npm start` prints it. */
function openTerminal({ url }: Site): (...args: string[]) => RunningProcess {
  const home = join(makeFolder(), 'home')
  mkdirSync(home)
  const env = { HOME: home, KEYWRIGHT_SERVER_URL: url.replace('localhost', '127.0.0.1') }
  return (...args) => startProcess({ name: 'keywright', args: [BIN, ...args], cwd: home, env })
}

async function said({ stderr }: RunningProcess, pattern: RegExp): Promise<RegExpExecArray> {
  const find = () => stderr.map((line) => pattern.exec(line)).find((found) => found !== null)
  await expect.poll(find, { timeout: 60_000 }).toBeDefined()
  return find() as RegExpExecArray
}

async function done(process: RunningProcess): Promise<readonly string[]> {
  expect({ ...(await process.ended), stderr: process.stderr }).toMatchObject({ code: 0 })
  return process.stdout
}

describe.runIf(isBrowserWanted)('keywright, where people sign in', () => {
  const browser = useBrowser()

  test('logs in by a browser, has the keys of the person, and ends its own when it logs out', async () => {
    const site = await openSite()
    const page = await browser.page()
    await signUp(site, page, EMAIL)
    const keywright = openTerminal(site)
    const login = keywright('login', '--web', '--no-browser')
    const [address] = await said(login, /^http\S+\/oauth\/authorize\?\S+$/)
    await page.goto(address)
    await signInHere(page, EMAIL)
    expect(await headingOf(page)).toBe('Let Keywright CLI in?')
    await page.getByRole('button', { name: 'Let it in' }).click()
    await done(login)
    expect((await done(keywright('whoami'))).join()).toContain(`Ann Example <${EMAIL}>`)
    expect(await done(keywright('keys', 'ls'))).toEqual([
      expect.stringMatching(/^ID +KIND /),
      expect.stringMatching(/ {2}personal {2}/),
    ])
    await done(keywright('logout'))
    const after = keywright('keys', 'ls')
    expect((await after.ended).code).toBe(4)
  })

  test('logs in by a code on a machine without a browser', async () => {
    const site = await openSite()
    const page = await browser.page()
    await signUp(site, page, EMAIL)
    const keywright = openTerminal(site)
    const login = keywright('login', '--device')
    const [, code = ''] = await said(login, /enter the code (\S+)/)
    await page.goto(`${site.url}/device`)
    await signInHere(page, EMAIL)
    await page.getByLabel('Code that your device shows').fill(code)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Let it in' }).click()
    await done(login)
    expect((await done(keywright('whoami'))).join()).toContain(`Ann Example <${EMAIL}>`)
  })
})
